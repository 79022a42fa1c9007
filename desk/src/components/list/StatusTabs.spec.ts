import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { useMasters } from '@/stores/masters'
import StatusTabs from './StatusTabs.vue'

it('shows the tickets of a status, with their number', async () => {
  answers('helpdesk.api.doc.get_group_counts', { Open: 7 })
  answers('helpdesk.api.doc.get_list_count', 2)
  useMasters().statuses = [{ name: 'Open', label_agent: 'Open', label_customer: null, category: 'Open', color: 'Red', enabled: 1 }] // prettier-ignore
  const list = await openedList()
  renderInDesk(StatusTabs, { list })
  expect(screen.getByRole('button', { name: 'All' }).getAttribute('aria-current')).toBe('true')
  await list.reload()
  await userEvent.click(await screen.findByRole('button', { name: 'Open 7' }))
  expect(list.settings.filters).toEqual([['status', '=', 'Open']])
  await vi.waitFor(() =>
    expect(screen.getByRole('button', { name: 'Open 7' }).getAttribute('aria-current')).toBe('true'),
  ) // prettier-ignore
})
