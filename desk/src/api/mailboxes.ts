/** The help desk's mailboxes. */
import { call } from './request'
import { getDocument, listDocuments, updateDocument, type Row } from './documents'

export const ACCOUNT = 'Email Account'

export interface Mailbox {
  name: string
  email_id: string
  service: string | null
  enable_incoming: 0 | 1
  enable_outgoing: 0 | 1
  default_incoming: 0 | 1
  default_outgoing: 0 | 1
  last_incoming_error: string | null
  last_outgoing_error: string | null
}
export const listMailboxes = () =>
  listDocuments<Mailbox>(ACCOUNT, {
    fields: ['name', 'email_id', 'service', 'enable_incoming', 'enable_outgoing', 'default_incoming', 'default_outgoing', 'last_incoming_error', 'last_outgoing_error'], // prettier-ignore
  })
/** Make a mailbox; the server signs in to it first, so that a wrong password is found at once. */
export const createMailbox = (data: Record<string, unknown>) =>
  call<string>('helpdesk.api.settings.email.create_email_account', { data })
export const getMailbox = (name: string) => getDocument<Row>(ACCOUNT, name)
/** Change some of a mailbox; the server signs in again. */
export const changeMailbox = (name: string, changes: Row) =>
  updateDocument<Row>(ACCOUNT, name, changes)
export const pullMail = (account: string) =>
  call<void>('frappe.email.doctype.email_account.email_account.pull_emails', { email_account: account }) // prettier-ignore
/** Send a mail through it to oneself, at once; the address it went to. */
export const sendTestMail = (account: string) =>
  call<string>('helpdesk.api.settings.email.send_test_mail', { account })
