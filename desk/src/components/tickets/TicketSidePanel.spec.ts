import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleTicket } from '@/test/samples'
import TicketSidePanel from './TicketSidePanel.vue'

beforeEach(() => {
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  answers('helpdesk.api.context.get_panels', [])
  answers('helpdesk.api.ticket.get_sla_clock', null)
  answers('helpdesk.api.article.search', [])
  answers('frappe.client.get_list', [])
  answers('helpdesk.helpdesk.doctype.hd_ticket.api.get_recent_similar_tickets', {
    recent_tickets: [],
    similar_tickets: [],
  })
})
const contact = { name: 'Cleo', email_id: 'cleo@acme.test', phone: null, mobile_no: null, image: null } // prettier-ignore
const shown = (values: object = {}) =>
  renderInDesk(TicketSidePanel, { ticket: sampleTicket(values), contact, assignees: [], timeline: [] }) // prettier-ignore

it('passes on what was changed, and that somebody wants to write', async () => {
  const { emitted } = shown({ channel: 'Phone' })
  await userEvent.selectOptions(screen.getByLabelText('Priority'), 'Low')
  await userEvent.click(screen.getByRole('button', { name: 'Write to cleo@acme.test' }))
  expect(emitted().change).toEqual([[{ priority: 'Low' }]])
  expect(emitted('write')).toHaveLength(1)
  expect(screen.getByRole('region', { name: 'Metadata' })).toBeTruthy()
})

it('lets nothing of an archived ticket be changed', async () => {
  const { emitted } = shown({ is_archived: 1, _user_tags: ',VIP' })
  await userEvent.selectOptions(screen.getByLabelText('Priority'), 'Low')
  for (const name of ['Assign', 'Label', 'Remove the label VIP'])
    expect(screen.getByRole('button', { name }).matches(':disabled')).toBe(true)
  expect(emitted().change).toBeUndefined()
})
