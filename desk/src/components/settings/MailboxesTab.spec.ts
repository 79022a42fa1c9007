import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked, refuses } from '@/test/server'
import { renderInDesk } from '@/test/render'
import MailboxesTab from './MailboxesTab.vue'

const box = { name: 'Support', email_id: 's@x.test', service: 'GMail', enable_incoming: 1, enable_outgoing: 1, default_incoming: 1, default_outgoing: 0, last_incoming_error: 'Login refused', last_outgoing_error: null } // prettier-ignore

it('says what went wrong last, and sends a test mail', async () => {
  answers('frappe.client.get_list', [box])
  answers('helpdesk.api.settings.email.send_test_mail', 'mona@x.test')
  renderInDesk(MailboxesTab)
  await waitFor(() => screen.getByText('Fetching failed: Login refused'))
  await fireEvent.click(screen.getByRole('button', { name: 'Send test mail' }))
  await waitFor(() => expect(asked.some(({ method, args }) => method.endsWith('send_test_mail') && args.account === 'Support')).toBe(true)) // prettier-ignore
})

it('says of a mailbox that neither fetches nor sends that it is not in use', async () => {
  answers('frappe.client.get_list', [{ ...box, enable_incoming: 0, enable_outgoing: 0, last_incoming_error: null }]) // prettier-ignore
  renderInDesk(MailboxesTab)
  expect(await screen.findByText('Not in use')).toBeTruthy()
  expect(screen.queryByText('New mail comes here')).toBeNull()
})

it('keeps what was typed when the new mailbox does not work', async () => {
  answers('frappe.client.get_list', [])
  refuses('helpdesk.api.settings.email.create_email_account', 'Wrong password')
  renderInDesk(MailboxesTab)
  await fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'New' })))
  await fireEvent.update(await screen.findByLabelText('Name *'), 'Support')
  await fireEvent.update(screen.getByLabelText('Address *'), 's@x.test')
  await fireEvent.update(screen.getByLabelText('Password *'), 'secret')
  await fireEvent.click(screen.getByRole('button', { name: 'Try it and save' }))
  await waitFor(() => expect(asked.at(-1)?.args).toMatchObject({ data: { email_id: 's@x.test' } }))
  expect(screen.getByDisplayValue('s@x.test')).toBeTruthy()
})
