import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import InviteAgents from './InviteAgents.vue'

const API = 'frappe.core.api.user_invitation'
const PENDING = [
  { name: 'i1', email: 'new@x.test', roles: ['Agent', 'Agent Manager'] },
  { name: 'i2', email: 'customer@x.test', roles: ['HD Customer'] },
]

it('a manager is invited with the roles below, too', async () => {
  answers(`${API}.get_pending_invitations`, [])
  answers(`${API}.invite_by_email`, { invited_emails: ['a@x.test'], pending_invite_emails: [], accepted_invite_emails: [], disabled_user_emails: [] }) // prettier-ignore
  answers('helpdesk.api.contact.search_contacts', [])
  renderInDesk(InviteAgents)
  const input = screen.getByLabelText('E-mail addresses')
  await fireEvent.update(input, 'a@x.test')
  await fireEvent.keyDown(input, { key: 'Enter' })
  await fireEvent.update(screen.getByLabelText('Role'), '1')
  await fireEvent.click(screen.getByRole('button', { name: 'Send invitations' }))
  await waitFor(() => expect(asked.find(({ method }) => method.endsWith('invite_by_email'))?.args).toMatchObject({ emails: 'a@x.test', roles: ['Agent', 'Agent Manager'], app_name: 'helpdesk' })) // prettier-ignore
})

it('lists invitations of agents only, and withdraws one', async () => {
  answers(`${API}.get_pending_invitations`, PENDING)
  answers(`${API}.cancel_invitation`, { cancelled_now: true })
  renderInDesk(InviteAgents)
  await waitFor(() => screen.getByText('new@x.test'))
  expect(screen.queryByText('customer@x.test')).toBeNull()
  await fireEvent.click(screen.getByRole('button', { name: 'Withdraw' }))
  await waitFor(() => expect(asked.find(({ method }) => method.endsWith('cancel_invitation'))?.args).toEqual({ name: 'i1', app_name: 'helpdesk' })) // prettier-ignore
})
