import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, refuses } from '@/test/server'
import ContextPanels from './ContextPanels.vue'

const METHOD = 'helpdesk.api.context.get_panels'

it('shows the blocks of all apps, but not the earlier tickets once more', async () => {
  answers(METHOD, [
    { key: 'customer', title: 'Customer', kind: 'fields', rows: [{ label: 'Plan', value: 'Gold' }] },
    { key: 'previous', title: 'Previous tickets', kind: 'table', rows: [] },
    { key: 'licences', title: 'Licences', kind: 'failed', rows: [] },
  ]) // prettier-ignore
  renderInDesk(ContextPanels, { ticket: sampleTicket() })
  expect(await screen.findByText('Gold')).toBeTruthy()
  expect(screen.getByText('Licences')).toBeTruthy()
  expect(screen.queryByText('Previous tickets')).toBeNull()
})

it('offers to try again, and the page goes on without', async () => {
  refuses(METHOD, 'broken', 500)
  renderInDesk(ContextPanels, { ticket: sampleTicket() })
  expect((await screen.findByRole('alert')).textContent).toContain('broken')
  answers(METHOD, [])
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await expect.poll(() => screen.queryByRole('alert')).toBeNull()
})
