import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ContactPage from './ContactPage.vue'
import { useSession } from '@/stores/session'

const contact = { name: 'Cleo', first_name: 'Cleo', last_name: null, full_name: 'Cleo Carter', image: null, email_id: 'cleo@acme.test', mobile_no: null, phone: null, user: null, email_ids: [{ email_id: 'cleo@acme.test', is_primary: 1 }], phone_nos: [{ phone: '+49-301234567', is_primary_mobile_no: 1, is_primary_phone: 0 }] } // prettier-ignore
const info = { customers: [{ name: 'Acme', image: null }], last_seen: null, timezone: null, country: null, invitation: null } // prettier-ignore

beforeEach(() => {
  answers('frappe.client.get', contact)
  answers('frappe.client.get_list', [])
  answers('frappe.client.get_doc_permissions', { permissions: { read: 1, write: 1, delete: 1 } })
  for (const card of ['get_ticket_stats', 'get_sla_violations', 'get_avg_first_response_time', 'get_avg_resolution_time']) answers(`helpdesk.api.ticket_stats.${card}`, { total: 0, average: 0, data: [], percentage_change: null }) // prettier-ignore
  answers('helpdesk.api.ticket_stats.get_feedback_received', { data: [], average: 0, total: 0 })
  useSession().user = { is_manager: true } as ReturnType<typeof useSession>['user']
})

it('shows how to reach somebody, and invites them for their customer', async () => {
  answers('helpdesk.api.contact.get_contact_info', info)
  answers('run_doc_method', { added: [], invite_result: { invited_emails: ['cleo@acme.test'] } })
  renderInDesk(ContactPage, { name: 'Cleo' })
  expect((await screen.findByRole('link', { name: '+49-301234567' })).getAttribute('href')).toBe('tel:+49-301234567') // prettier-ignore
  expect(screen.getByRole('link', { name: 'Acme' }).getAttribute('href')).toBe('/customers/Acme')
  await userEvent.click(screen.getByRole('button', { name: 'What to do with Cleo Carter' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Invite to the portal' }))
  await expect.poll(() => asked.find(({ method }) => method === 'run_doc_method')?.args).toMatchObject({ dn: 'Acme', method: 'add_contacts', args: { contacts: ['cleo@acme.test'] } }) // prettier-ignore
})

it('shows an open invitation, and takes it back', async () => {
  answers('helpdesk.api.contact.get_contact_info', { ...info, invitation: { name: 'inv-1', status: 'Pending' } }) // prettier-ignore
  answers('frappe.core.api.user_invitation.cancel_invitation', { cancelled_now: true })
  renderInDesk(ContactPage, { name: 'Cleo' })
  expect(await screen.findByText('Invited')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'What to do with Cleo Carter' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Withdraw the invitation' }))
  await expect.poll(() => asked.find(({ method }) => method.endsWith('cancel_invitation'))?.args.name).toBe('inv-1') // prettier-ignore
})

it('invites again, after the open invitation was withdrawn', async () => {
  answers('helpdesk.api.contact.get_contact_info', { ...info, invitation: { name: 'inv-1', status: 'Pending' } }) // prettier-ignore
  answers('frappe.core.api.user_invitation.cancel_invitation', { cancelled_now: true })
  answers('run_doc_method', { added: [], invite_result: { invited_emails: ['cleo@acme.test'] } })
  renderInDesk(ContactPage, { name: 'Cleo' })
  await userEvent.click(await screen.findByRole('button', { name: 'What to do with Cleo Carter' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Invite again' }))
  const asks = () => asked.map(({ method }) => method).filter((method) => /cancel_invitation|run_doc_method/.test(method)) // prettier-ignore
  await expect.poll(asks).toEqual(['frappe.core.api.user_invitation.cancel_invitation', 'run_doc_method']) // prettier-ignore
})

it('has a link for a new password mailed to people with an account', async () => {
  answers('frappe.client.get', { ...contact, user: 'cleo@acme.test' })
  answers('helpdesk.api.contact.get_contact_info', info)
  answers('frappe.core.doctype.user.user.reset_password', null)
  renderInDesk(ContactPage, { name: 'Cleo' })
  await userEvent.click(await screen.findByRole('button', { name: 'What to do with Cleo Carter' }))
  await userEvent.click(
    await screen.findByRole('menuitem', { name: 'Send a link for a new password' }),
  )
  await expect.poll(() => asked.find(({ method }) => method.endsWith('user.reset_password'))?.args.user).toBe('cleo@acme.test') // prettier-ignore
})
