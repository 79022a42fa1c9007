/** What agents do to a ticket that is more than a changed field. */

import { call } from './request'
import type { TicketId } from '@/types/ticket'

export interface Escalation {
  reason: string
  team?: string
  agent?: string
  /** Words that go to the requester. */
  note?: string
}
/** Give a ticket the top priority, perhaps other people, and tell the managers. */
export function escalateTicket(id: TicketId, escalation: Escalation): Promise<void> {
  return call('helpdesk.api.ticket.escalate', { ticket: String(id), ...escalation })
}
export function deEscalateTicket(id: TicketId, reason: string, priority?: string): Promise<void> {
  return call('helpdesk.api.ticket.de_escalate', { ticket: String(id), reason, priority })
}

export interface Resolution {
  /** How it was solved, formatted. */
  details?: string
  status?: string
  /** One to five stars, in the customer's name. */
  rating?: number
  /** Whether the requester gets the details by mail. */
  notify: boolean
}
export function resolveTicket(id: TicketId, resolution: Resolution): Promise<void> {
  return call('helpdesk.api.ticket.resolve', { ticket: String(id), ...resolution })
}

/** Say that the requester's last message wants no answer. */
export function needsNoResponse(id: TicketId): Promise<void> {
  return call('helpdesk.api.ticket.needs_no_response', { ticket: String(id) })
}

/** Put a ticket away: out of lists and counts, and read-only. */
export function archiveTicket(id: TicketId): Promise<void> {
  return call('helpdesk.api.ticket.archive', { ticket: String(id) })
}
export function restoreTicket(id: TicketId): Promise<void> {
  return call('helpdesk.api.ticket.restore', { ticket: String(id) })
}
