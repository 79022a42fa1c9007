/** What helps to write: addresses, sender accounts, saved replies. */
import { call } from './request'
import { listDocuments } from './documents'
import { listFilterFields } from './lists'
import type { Variable } from '@/types/form'
import { __ } from '@/lib/translate'
import type { TicketId } from '@/types/ticket'

export interface AddressSuggestion {
  full_name: string
  email_id: string
}
export const searchAddresses = (txt: string) =>
  call<AddressSuggestion[]>('helpdesk.api.contact.search_contacts', { txt }, { method: 'GET' })

export interface SenderInfo {
  email: string
  email_signature: string | null
  outgoing_emails: { email_account: string; email_id: string }[]
}
export const getSenderInfo = () => call<SenderInfo>('helpdesk.api.auth.get_current_user_email_info')

export interface SavedReply {
  name: string
  title: string
  /** Typed behind a slash, it inserts the reply. */
  code?: string | null
  scope: 'Global' | 'Team' | 'Personal'
  message: string
}
export const listSavedReplies = () =>
  listDocuments<SavedReply>('HD Saved Reply', {
    fields: ['name', 'title', 'code', 'scope', 'message'],
    orderBy: 'title asc',
  })
/** A reply filled in; names without a value stay between their braces, for the writer to see. */
export const renderSavedReply = (reply: string, ticket: TicketId) =>
  call<string>('helpdesk.api.saved_replies.get_rendered_saved_reply', {
    saved_reply_id: reply,
    ticket_id: String(ticket),
    keep_gaps: true,
  })

/** What a saved reply can fill in: the fields of the ticket, and those of whoever uses it. */
export async function listReplyVariables(): Promise<Variable[]> {
  const fields = await listFilterFields('HD Ticket')
  const ofTicket = fields.filter(({ fieldname }) => !fieldname.startsWith('_'))
  return [
    { name: 'customer_name', label: __('Name of the requester') },
    { name: 'company', label: __('Customer') },
    { name: 'reference', label: __('Number of the ticket, as people call it') },
    { name: 'portal_link', label: __('Link to the ticket in the portal') },
    ...ofTicket.map(({ fieldname, label }) => ({ name: `ticket.${fieldname}`, label })),
    { name: 'agent.full_name', label: __('Your name') },
    { name: 'agent.first_name', label: __('Your first name') },
    { name: 'agent.email', label: __('Your e-mail address') },
    { name: 'agent.email_signature', label: __('Your signature') },
  ]
}
