import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import CustomerMembers from './CustomerMembers.vue'

const contact = (contact_name: string, is_primary: 0 | 1) => ({ contact_name, is_primary, is_manager: is_primary, email_id: null, mobile_no: null, image: null, last_active: null, ticket_count: 0 }) // prettier-ignore
const record = { name: 'Acme', primary_contact: 'Cleo', contacts: [{ contact_name: 'Cleo', is_manager: 1 }, { contact_name: 'Carl', is_manager: 0 }] } // prettier-ignore
const saved = () => asked.find(({ method }) => method === 'frappe.client.save')?.args.doc as typeof record // prettier-ignore

beforeEach(() => {
  answers('run_doc_method', [contact('Cleo', 1), contact('Carl', 0)])
  answers('frappe.client.get', record)
  answers('frappe.client.save', record)
})

it('makes a member a manager', async () => {
  renderInDesk(CustomerMembers, { customer: 'Acme', mayEdit: true })
  await userEvent.click(await screen.findByRole('switch', { name: 'Carl is a manager' }))
  await waitFor(() => expect(saved().contacts[1]).toMatchObject({ contact_name: 'Carl', is_manager: 1 })) // prettier-ignore
})

it('takes somebody off the list after asking, and out of the place of the primary contact', async () => {
  renderInDesk(CustomerMembers, { customer: 'Acme', mayEdit: true })
  await userEvent.click(await screen.findByRole('button', { name: 'What to do with Cleo' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Take off the list' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Take off the list' }))
  await waitFor(() => expect(saved()).toMatchObject({ primary_contact: null, contacts: [{ contact_name: 'Carl' }] })) // prettier-ignore
})
