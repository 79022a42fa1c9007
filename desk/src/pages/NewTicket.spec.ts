import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import NewTicket from './NewTicket.vue'

it('offers the forms, the requester and what agents say about a ticket, and names what is missing', async () => {
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  answers('frappe.client.get_list', [{ name: 'Default' }, { name: 'Hardware' }])
  renderInDesk(NewTicket)
  expect(await screen.findByRole('combobox', { name: 'Form' })).toBeTruthy()
  for (const name of ['Requester', 'Priority', 'Type', 'Team', 'Customer'])
    expect(screen.getByRole('combobox', { name })).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: /Subject/ }), 'Fire')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(await screen.findByText('Describe it, so that somebody can help.')).toBeTruthy()
  expect(asked.some(({ method }) => method.endsWith('hd_ticket.api.new'))).toBe(false)
})
