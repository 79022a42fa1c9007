import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, refuses } from '@/test/server'
import CustomerPage from './CustomerPage.vue'

const customer = { name: 'Acme', customer_name: 'Acme', customer_type: 'Company', domain: 'acme.test', country: null, image: null, email_id: null, mobile_no: null, primary_contact: null, contacts: [{ contact_name: 'Cleo', is_manager: 0 }] } // prettier-ignore

beforeEach(() => {
  answers('frappe.client.get', customer)
  answers('frappe.client.get_list', [])
  for (const card of ['get_ticket_stats', 'get_sla_violations', 'get_avg_first_response_time', 'get_avg_resolution_time']) answers(`helpdesk.api.ticket_stats.${card}`, { total: 0, average: 0, data: [], percentage_change: null }) // prettier-ignore
  answers('helpdesk.api.ticket_stats.get_feedback_received', { data: [], average: 0, total: 0 })
  answers('run_doc_method', [])
})

it('shows a customer to everybody, and changes to those who may make them', async () => {
  answers('frappe.client.get_doc_permissions', { permissions: { read: 1, write: 0, delete: 0 } })
  renderInDesk(CustomerPage, { name: 'Acme' })
  expect(await screen.findByRole('heading', { name: 'Acme' })).toBeTruthy()
  expect(screen.getByText('acme.test')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'What to do with Acme' })).toBeNull()
  await userEvent.click(screen.getByRole('tab', { name: 'Contacts (1)' }))
  expect(await screen.findByText('No contacts yet')).toBeTruthy()
})

it('offers managers to edit and to delete', async () => {
  answers('frappe.client.get_doc_permissions', { permissions: { read: 1, write: 1, delete: 1 } })
  renderInDesk(CustomerPage, { name: 'Acme' })
  await userEvent.click(await screen.findByRole('button', { name: 'What to do with Acme' }))
  expect(await screen.findByRole('menuitem', { name: 'Delete' })).toBeTruthy()
  await userEvent.click(screen.getByRole('menuitem', { name: 'Edit' }))
  await waitFor(() => expect(screen.getByRole('dialog', { name: 'Edit the customer' })).toBeTruthy()) // prettier-ignore
})

it('says when there is no such customer', async () => {
  refuses('frappe.client.get_doc_permissions', 'Not found', 404)
  renderInDesk(CustomerPage, { name: 'Nobody' })
  expect(await screen.findByText('This does not exist, or you may not see it')).toBeTruthy()
})
