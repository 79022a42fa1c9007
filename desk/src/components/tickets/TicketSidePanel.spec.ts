import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleTicket } from '@/test/samples'
import TicketSidePanel from './TicketSidePanel.vue'

beforeEach(() => {
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  answers('helpdesk.helpdesk.doctype.hd_ticket.api.get_recent_similar_tickets', {
    recent_tickets: [],
    similar_tickets: [],
  })
})
const props = { ticket: sampleTicket(), contact: null, assignees: [], timeline: [] }

it('tells which field was changed to what', async () => {
  const { emitted } = renderInDesk(TicketSidePanel, props)
  await userEvent.selectOptions(screen.getByLabelText('Priority'), 'Low')
  expect(emitted().change).toEqual([[{ priority: 'Low' }]])
})

it('keeps a value that is no longer offered', () => {
  renderInDesk(TicketSidePanel, { ...props, ticket: sampleTicket({ ticket_type: 'Retired' }) })
  expect((screen.getByLabelText('Type') as HTMLSelectElement).value).toBe('Retired')
})

it('writes to the contact here, not in another program', async () => {
  const contact = { name: 'Cleo', email_id: 'cleo@acme.test', phone: null, mobile_no: null, image: null } // prettier-ignore
  const { emitted } = renderInDesk(TicketSidePanel, { ...props, contact })
  await userEvent.click(screen.getByRole('button', { name: 'Write to cleo@acme.test' }))
  expect(emitted('write')).toHaveLength(1)
})
