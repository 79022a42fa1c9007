/** Tickets: the list, one ticket with its conversation, and what agents do to it. */

import { getDocument, listDocuments, updateDocument } from './documents'
import { call, callDocument, upload } from './request'
import type {
  Assignee,
  Attachment,
  ServerDate,
  Ticket,
  TicketActivities,
  TicketContact,
  TicketId,
} from '@/types/ticket'

const TICKET = 'HD Ticket'
/** The one status that the server knows by name. */
const CLOSED = 'Closed'
const TICKET_API = 'helpdesk.helpdesk.doctype.hd_ticket.api'

export function getTicket(id: TicketId): Promise<Ticket> {
  return call<Ticket>('frappe.client.get', { doctype: TICKET, name: String(id) }, { method: 'GET' })
}

export function getActivities(id: TicketId): Promise<TicketActivities> {
  return call<TicketActivities>(`${TICKET_API}.get_ticket_activities`, { ticket: String(id) })
}

export function getContact(id: TicketId): Promise<TicketContact | null> {
  return call<TicketContact | null>(`${TICKET_API}.get_ticket_contact`, { ticket: String(id) })
}

export function getAssignees(id: TicketId): Promise<Assignee[]> {
  return call<Assignee[]>(`${TICKET_API}.get_ticket_assignees`, { ticket: String(id) })
}

/** Shares of the working time that was promised: 1 is all of it; null where nothing is. */
export interface SlaClock {
  server_time: ServerDate
  response_used: number | null
  resolution_used: number | null
}
export function getSlaClock(id: TicketId): Promise<SlaClock | null> {
  return call<SlaClock | null>('helpdesk.api.ticket.get_sla_clock', { ticket: String(id) }, { method: 'GET' }) // prettier-ignore
}

export function markSeen(id: TicketId): Promise<void> {
  return callDocument<void>(TICKET, id, 'mark_seen')
}

export interface TicketChanges {
  status?: string
  priority?: string | null
  ticket_type?: string | null
  category?: string | null
  agent_group?: string | null
  customer?: string | null
  subject?: string
  [customField: string]: unknown
}

/** Change fields of a ticket with everything that follows from it; gives back the ticket as it is now. */
export function changeTicket(id: TicketId, changes: TicketChanges): Promise<Ticket> {
  return call<Ticket>('frappe.client.set_value', {
    doctype: TICKET,
    name: String(id),
    fieldname: changes,
  })
}

export interface ReplyDraft {
  message: string
  to?: string
  cc?: string
  bcc?: string
  attachments: string[]
  from_email?: { email_id: string; email_account: string }
  /** It began as a draft by AI. */
  ai_draft?: boolean
}

export function replyToTicket(id: TicketId, reply: ReplyDraft): Promise<void> {
  return callDocument<void>(TICKET, id, 'reply_via_agent', { ...reply })
}

export function commentOnTicket(
  id: TicketId,
  content: string,
  attachments: Attachment[],
): Promise<void> {
  return callDocument<void>(TICKET, id, 'new_comment', { content, attachments })
}

/** Assign all of them, or none when one cannot be. */
export const tagTicket = (id: TicketId, tag: string) =>
  call<string>('frappe.desk.doctype.tag.tag.add_tag', { tag, dt: 'HD Ticket', dn: String(id) })

export function assignTicket(id: TicketId, ...agents: string[]): Promise<Ticket> {
  return call<Ticket>('helpdesk.api.ticket.assign_ticket_to_agent', {
    ticket_id: String(id),
    agent_id: agents,
  })
}

export function unassignTicket(id: TicketId, agents: string[]): Promise<void> {
  return call<void>('helpdesk.api.doc.remove_assignments', {
    doctype: TICKET,
    name: String(id),
    assignees: agents,
  })
}

export interface NewTicket {
  subject: string
  description: string
  raised_by?: string
  priority?: string
  ticket_type?: string
  category?: string
  agent_group?: string
  [field: string]: unknown
}

/** What may go with a new ticket: an older one that left something open; agents add labels, and tell the requester. */
export interface NewTicketExtras {
  follows?: string
  labels?: string[]
  acknowledge?: boolean
}
export function createTicket(
  ticket: NewTicket,
  attachments: Attachment[] = [],
  more: NewTicketExtras = {},
): Promise<Ticket> {
  return call<Ticket>(`${TICKET_API}.new`, { doc: ticket, attachments, ...more })
}

/** From when on a ticket had a status, in the customer's words. */
export interface Moment {
  name: string
  status: string
  creation: ServerDate
}
/** What the requester may still do, and what becomes of the ticket by itself. */
export interface Outlook {
  may_reply: boolean
  closes_on: ServerDate | null
  reopens_until: ServerDate | null
  moments: Moment[]
}
export function getOutlook(id: TicketId): Promise<Outlook> {
  return call<Outlook>(`${TICKET_API}.get_outlook`, { ticket: String(id) }, { method: 'GET' })
}

/** Upload a private file; with a ticket it belongs to that ticket at once. */
export function uploadAttachment(
  file: File,
  ticket: TicketId | null,
  onProgress?: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Attachment> {
  const target: Record<string, string> =
    ticket === null ? {} : { doctype: TICKET, docname: String(ticket) }
  return upload<Attachment>(
    file,
    { is_private: '1', folder: 'Home/Attachments', ...target },
    onProgress,
    signal,
  )
}

/** The customer's own answer to a ticket. */
export function replyAsContact(
  id: TicketId,
  message: string,
  attachments: Attachment[],
): Promise<void> {
  return callDocument<void>(TICKET, id, 'create_communication_via_contact', {
    message,
    attachments,
  })
}

export interface RelatedTicket {
  name: TicketId
  subject: string
  status: string
  creation: ServerDate
}

/** Tickets of the same requester, and tickets about the same thing. */
export function listRelated(
  id: TicketId,
): Promise<{ recent_tickets: RelatedTicket[]; similar_tickets: RelatedTicket[] }> {
  return call(`${TICKET_API}.get_recent_similar_tickets`, { ticket: String(id) })
}

/** The tickets before and after this one, in the order of the view one came from. */
export function listNeighbours(id: TicketId, view?: string): Promise<TicketId[]> {
  return call(`${TICKET_API}.get_navigation_tickets`, {
    ticket: String(id),
    current_view: view ?? null,
  })
}

export function mergeTickets(source: TicketId, target: TicketId): Promise<void> {
  return call(`${TICKET_API}.merge_ticket`, { source: String(source), target: String(target) })
}

/** Move a message and everything after it into a new ticket; gives back its number. */
export function splitTicket(subject: string, communication: string): Promise<TicketId> {
  return call(`${TICKET_API}.split_ticket`, { subject, communication_id: communication })
}

export function deleteTicket(id: TicketId): Promise<void> {
  return call('helpdesk.api.ticket.delete_ticket', { name: String(id) })
}

export interface MergeCandidate {
  name: TicketId
  subject: string
  raised_by: string
  status: string
}

/** Tickets this one may be merged into: unresolved, of the same requester, not merged themselves. */
export function listMergeCandidates(ticket: Ticket): Promise<MergeCandidate[]> {
  return listDocuments<MergeCandidate>(TICKET, {
    fields: ['name', 'subject', 'raised_by', 'status'],
    filters: [
      ['name', '!=', ticket.name],
      ['status_category', 'in', ['Open', 'Paused']],
      ['is_merged', '=', 0],
      ['raised_by', '=', ticket.raised_by],
    ],
    limit: 100,
  })
}

/** How it was: a reason that stands for a number of stars, and words. */
export interface Feedback {
  option: string
  text: string
}
const asFields = ({ option, text }: Feedback) => ({ feedback: option, feedback_extra: text })

/** The customer's last word: close, and say how it was. */
export function closeMyTicket(id: TicketId, feedback?: Feedback): Promise<Ticket> {
  return updateDocument<Ticket>(TICKET, id, {
    status: CLOSED,
    ...(feedback ? asFields(feedback) : {}),
  })
}
/** Say how it was; the ticket stays as it is. */
export function rateMyTicket(id: TicketId, feedback: Feedback): Promise<Ticket> {
  return updateDocument<Ticket>(TICKET, id, asFields(feedback))
}
export const isClosed = ({ status }: Ticket) => status === CLOSED

export interface FeedbackOption {
  name: string
  label: string
  rating: number
}
export function listFeedbackOptions(): Promise<FeedbackOption[]> {
  return listDocuments<FeedbackOption>('HD Ticket Feedback Option', {
    fields: ['name', 'label', 'rating'],
    filters: { disabled: 0 },
  })
}

export function getOutsideHoursBanner(id: TicketId): Promise<{ show: boolean; msg?: string }> {
  return call(`${TICKET_API}.show_outside_hours_banner`, { ticket_name: String(id) })
}

export interface MessageSource {
  subject: string | null
  sender: string
  recipients: string | null
  cc: string | null
  bcc: string | null
  communication_date: ServerDate | null
  message_id: string | null
  in_reply_to: string | null
  email_account: string | null
  delivery_status: string | null
  content: string
}

/** A message with its headers, as it is stored. */
export const getMessage = (name: string) => getDocument<MessageSource>('Communication', name)
