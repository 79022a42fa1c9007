import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderAt, renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useAi } from '@/stores/ai'
import NewTicket from './NewTicket.vue'

it('offers the forms, the requester and what agents say about a ticket, and names what is missing', async () => {
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  answers('frappe.client.get_list', [{ name: 'Default' }, { name: 'Hardware' }])
  renderInDesk(NewTicket)
  expect(await screen.findByRole('combobox', { name: 'Form' })).toBeTruthy()
  for (const name of ['Requester', 'Priority', 'Type', 'Team', 'Customer', 'Channel'])
    expect(screen.getByRole('combobox', { name })).toBeTruthy()
  expect(screen.getByLabelText('Due date')).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Labels' })).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: /Subject/ }), 'Fire')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(await screen.findByText('Describe it, so that somebody can help.')).toBeTruthy()
  expect(asked.some(({ method }) => method.endsWith('hd_ticket.api.new'))).toBe(false)
})

it('fills itself in from a text, where AI helps', async () => {
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.ai.draft_ticket', { subject: 'Toner is empty', description: '', raised_by: '', priority: '', ticket_type: '', agent_group: '' }) // prettier-ignore
  useAi().isOn = true
  await renderAt('/tickets/new?from=text', NewTicket)
  await userEvent.type(await screen.findByRole('textbox', { name: 'Text' }), 'Toner!')
  await userEvent.click(screen.getByRole('button', { name: 'Fill in the form' }))
  const subject = screen.getByRole('textbox', { name: /Subject/, hidden: true })
  await waitFor(() => expect(subject).toHaveProperty('value', 'Toner is empty'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked.some(({ method }) => method.endsWith('hd_ticket.api.new'))).toBe(false)
})
