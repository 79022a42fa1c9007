/** What happened to somebody, and how they want to hear of it. */
import { call } from './request'
import { listDocuments, updateDocument } from './documents'
import type { ServerDate, TicketId } from '@/types/ticket'

export type NotificationKind =
  'Assignment' | 'Mention' | 'Reaction' | 'Reply' | 'Escalation' | 'SLA Warning' | 'SLA Breach' | 'New Ticket' | 'Priority' | 'Resolution' | 'Export' // prettier-ignore
export interface Notification {
  name: string
  notification_type: NotificationKind
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

/** Mark one as read that is about no ticket. */
export const markOneRead = (name: string) =>
  updateDocument<object>('HD Notification', name, { read: 1 })

const PREFERENCES = 'helpdesk.api.notifications'
/** How one kind reaches somebody. `email` is null where it cannot be chosen here. */
export interface Preference {
  notification_type: NotificationKind
  in_app: boolean
  email: boolean | null
  is_own: boolean
  /** Managers have fixed it for everybody. */
  is_locked: boolean
}
/** One's own choices, or those for everybody who has not chosen. */
export function getPreferences(forEverybody: boolean): Promise<Preference[]> {
  const args = { for_everybody: forEverybody ? 1 : 0 }
  return call<Preference[]>(`${PREFERENCES}.get_preferences`, args, { method: 'GET' })
}
export function savePreference(chosen: Preference, forEverybody: boolean): Promise<Preference[]> {
  const { notification_type, in_app, email, is_locked: locked } = chosen
  const own = { notification_type, in_app, email: Boolean(email), for_everybody: forEverybody }
  const args = forEverybody ? { ...own, locked } : own
  return call<Preference[]>(`${PREFERENCES}.save_preference`, args)
}
export function resetPreferences(forEverybody: boolean): Promise<Preference[]> {
  return call<Preference[]>(`${PREFERENCES}.reset_preferences`, { for_everybody: forEverybody })
}

/** When mails reach somebody; times are HH:MM in their own zone, or empty. */
export interface Rhythm {
  digest: '' | 'Daily' | 'Weekly'
  quiet_from: string
  quiet_until: string
  follow_teams: boolean
  time_zone: string
}
export function getRhythm(): Promise<Rhythm> {
  return call<Rhythm>(`${PREFERENCES}.get_rhythm`, {}, { method: 'GET' })
}
export function saveRhythm(rhythm: Omit<Rhythm, 'time_zone'>): Promise<Rhythm> {
  return call<Rhythm>(`${PREFERENCES}.save_rhythm`, { ...rhythm })
}

/** Hear nothing of a ticket any more but what is said by name; or hear of it again. */
export function muteTicket(ticket: TicketId, muted: boolean): Promise<void> {
  return call<void>(`${PREFERENCES}.mute_ticket`, { ticket: String(ticket), muted })
}
export function isTicketMuted(ticket: TicketId): Promise<boolean> {
  return call<boolean>(`${PREFERENCES}.is_ticket_muted`, { ticket: String(ticket) }, { method: 'GET' }) // prettier-ignore
}
