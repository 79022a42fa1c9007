/** Tickets: the list, one ticket with its conversation, and what agents do to it. */

import { call, callDocument, upload } from './request'
import type {
  Assignee,
  Attachment,
  Ticket,
  TicketActivities,
  TicketContact,
  TicketId,
} from '@/types/ticket'

const TICKET = 'HD Ticket'
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

export function markSeen(id: TicketId): Promise<void> {
  return callDocument<void>(TICKET, id, 'mark_seen')
}

export interface TicketChanges {
  status?: string
  priority?: string | null
  ticket_type?: string | null
  agent_group?: string | null
  customer?: string | null
  subject?: string
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

export function assignTicket(id: TicketId, agent: string): Promise<Ticket> {
  return call<Ticket>('helpdesk.api.ticket.assign_ticket_to_agent', {
    ticket_id: String(id),
    agent_id: agent,
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
  agent_group?: string
}

export function createTicket(ticket: NewTicket, attachments: Attachment[] = []): Promise<Ticket> {
  return call<Ticket>(`${TICKET_API}.new`, { doc: ticket, attachments })
}

/** Upload a private file; with a ticket it belongs to that ticket at once. */
export function uploadAttachment(
  file: File,
  ticket: TicketId | null,
  onProgress?: (fraction: number) => void,
): Promise<Attachment> {
  const target: Record<string, string> =
    ticket === null ? {} : { doctype: TICKET, docname: String(ticket) }
  return upload<Attachment>(
    file,
    { is_private: '1', folder: 'Home/Attachments', ...target },
    onProgress,
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
