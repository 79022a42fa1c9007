import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked, refuses } from '@/test/server'
import { renderInDesk } from '@/test/render'
import MailboxForm from './MailboxForm.vue'

const STORED = { name: 'Support', email_account_name: 'Support', service: '', email_id: 's@x.test', password: '*****', enable_incoming: 1, email_server: 'imap.x', enable_outgoing: 0 } // prettier-ignore
const SET = 'frappe.client.set_value'

it('asks for servers only where the provider is unknown', async () => {
  renderInDesk(MailboxForm, { name: null })
  await screen.findByLabelText('Password *')
  expect(screen.queryByLabelText('IMAP server *')).toBeNull()
  await fireEvent.update(screen.getByLabelText('Provider *'), 'Custom')
  expect(screen.getByLabelText('IMAP server *')).toBeTruthy()
  expect(screen.getByRole('switch', { name: 'IMAP over SSL' }).getAttribute('aria-checked')).toBe('true') // prettier-ignore
  await fireEvent.update(screen.getByLabelText('Provider *'), 'Frappe Mail')
  expect(screen.queryByLabelText('Password *')).toBeNull()
  expect(screen.getByLabelText('Secret *')).toBeTruthy()
})

it('changes only what was changed, and keeps the stored password', async () => {
  answers('frappe.client.get', STORED)
  answers(SET, {})
  const { emitted } = renderInDesk(MailboxForm, { name: 'Support' })
  await fireEvent.update(await screen.findByLabelText('IMAP server *'), 'imap.y')
  expect((screen.getByLabelText('Password') as HTMLInputElement).value).toBe('')
  await fireEvent.click(screen.getByRole('button', { name: 'Try it and save' }))
  await waitFor(() => expect(emitted('saved')).toHaveLength(1))
  expect(asked.at(-1)?.args).toMatchObject({ name: 'Support', fieldname: { email_server: 'imap.y' } }) // prettier-ignore
})

it('says what is missing, and stays when the server refuses', async () => {
  answers('frappe.client.get', STORED)
  refuses(SET, 'Login failed')
  const { emitted } = renderInDesk(MailboxForm, { name: 'Support' })
  await fireEvent.update(await screen.findByLabelText('Address *'), '')
  await fireEvent.click(screen.getByRole('button', { name: 'Try it and save' }))
  expect(screen.getByText('Address is needed.')).toBeTruthy()
  await fireEvent.update(screen.getByLabelText('Address *'), 'new@x.test')
  await fireEvent.click(screen.getByRole('button', { name: 'Try it and save' }))
  await waitFor(() => expect(asked.some(({ method }) => method === SET)).toBe(true))
  expect(emitted('saved')).toBeUndefined()
  expect(screen.getByDisplayValue('new@x.test')).toBeTruthy()
})
