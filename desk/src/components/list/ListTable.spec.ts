import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import ListTable from './ListTable.vue'

it('shows rows as links under sortable heads', async () => {
  const list = await openedList()
  renderInDesk(ListTable, { list, scroller: null, label: 'Tickets', routeOf: () => '/tickets/7' })
  expect(screen.getByRole('link', { name: 'Printer is on fire' }).getAttribute('href')).toBe(
    '/tickets/7',
  )
  await userEvent.click(screen.getByRole('button', { name: 'Subject' }))
  expect(list.settings.orderBy).toMatch(/^subject/)
})
