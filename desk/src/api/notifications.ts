/** What happened to somebody: mentions, assignments, reactions. */
import { call } from './request'
import { listDocuments } from './documents'
import type { ServerDate, TicketId } from '@/types/ticket'

export interface Notification {
  name: string
  notification_type: 'Mention' | 'Assignment' | 'Reaction'
  user_from: string
  reference_ticket: TicketId | null
  reference_comment: string | null
  message: string | null
  read: 0 | 1
  creation: ServerDate
}

export function listNotifications(user: string): Promise<Notification[]> {
  return listDocuments<Notification>('HD Notification', {
    fields: [
      'name',
      'notification_type',
      'user_from',
      'reference_ticket',
      'reference_comment',
      'message',
      'read',
      'creation',
    ],
    filters: { user_to: user },
    orderBy: 'creation desc',
    limit: 100,
  })
}

/** Mark as read: one by its ticket or comment, or all of them. */
export function markRead(which: { ticket?: TicketId; comment?: string } = {}): Promise<void> {
  return call<void>('helpdesk.helpdesk.doctype.hd_notification.utils.clear', which)
}
