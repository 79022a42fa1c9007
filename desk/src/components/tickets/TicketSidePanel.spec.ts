import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import TicketSidePanel from './TicketSidePanel.vue'

const props = { ticket: sampleTicket(), contact: null, assignees: [] }

it('tells which field was changed to what', async () => {
  const { emitted } = renderInDesk(TicketSidePanel, props)
  await userEvent.selectOptions(screen.getByLabelText('Priority'), 'Low')
  await userEvent.selectOptions(screen.getByLabelText('Status'), 'Resolved')
  expect(emitted().change).toEqual([[{ priority: 'Low' }], [{ status: 'Resolved' }]])
})

it('keeps a value that is no longer offered', () => {
  renderInDesk(TicketSidePanel, { ...props, ticket: sampleTicket({ ticket_type: 'Retired' }) })
  expect((screen.getByLabelText('Type') as HTMLSelectElement).value).toBe('Retired')
})
