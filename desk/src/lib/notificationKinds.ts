/** What each kind of notification is called, when it comes, and how the list tells of it. */
import type { Component } from 'vue'
import LucideAlarmClock from '~icons/lucide/alarm-clock'
import LucideAtSign from '~icons/lucide/at-sign'
import LucideCircleCheck from '~icons/lucide/circle-check'
import LucideDownload from '~icons/lucide/download'
import LucideFlag from '~icons/lucide/flag'
import LucideInbox from '~icons/lucide/inbox'
import LucideReply from '~icons/lucide/reply'
import LucideSmilePlus from '~icons/lucide/smile-plus'
import LucideTimerOff from '~icons/lucide/timer-off'
import LucideTriangleAlert from '~icons/lucide/triangle-alert'
import LucideUserPlus from '~icons/lucide/user-plus'
import type { Notification, NotificationKind } from '@/api/notifications'
import { referenceOf } from './reference'
import { __ } from './translate'

interface Kind {
  label: string
  hint: string
  icon: Component
  /** What happened, by whom and in which ticket. */
  tell: (who: string, ticket: string) => string
}
export const KINDS: Record<NotificationKind, Kind> = {
  Assignment: { label: __('Assignments'), hint: __('A ticket is given to you.'), icon: LucideUserPlus, tell: (who, ticket) => __('{0} assigned {1} to you', who, ticket) },
  Mention: { label: __('Mentions'), hint: __('Somebody names you in a comment.'), icon: LucideAtSign, tell: (who, ticket) => __('{0} mentioned you in {1}', who, ticket) },
  Reaction: { label: __('Reactions'), hint: __('Somebody answers your comment with an emoji, or your ticket is opened again.'), icon: LucideSmilePlus, tell: (who, ticket) => __('{0} reacted to your comment in {1}', who, ticket) },
  Reply: { label: __('Answers of customers'), hint: __('A customer writes in a ticket of yours.'), icon: LucideReply, tell: (who, ticket) => __('{0} answered in {1}', who, ticket) },
  Escalation: { label: __('Escalations'), hint: __('A ticket of yours is escalated; managers hear of all.'), icon: LucideTriangleAlert, tell: (who, ticket) => __('{0} escalated {1}', who, ticket) },
  'SLA Warning': { label: __('Little time left'), hint: __('A ticket of yours has used up most of its time.'), icon: LucideAlarmClock, tell: (_who, ticket) => __('{0} is running out of time', ticket) },
  'SLA Breach': { label: __('Time is over'), hint: __('A ticket of yours has missed its service level; managers hear of all.'), icon: LucideTimerOff, tell: (_who, ticket) => __('{0} has missed its service level', ticket) },
  'New Ticket': { label: __('New tickets'), hint: __('A ticket arrives that you may see.'), icon: LucideInbox, tell: (_who, ticket) => __('{0} has arrived', ticket) },
  Priority: { label: __('Changes of priority'), hint: __('Somebody changes the priority of a ticket of yours.'), icon: LucideFlag, tell: (who, ticket) => __('{0} changed the priority of {1}', who, ticket) },
  Resolution: { label: __('Resolved tickets'), hint: __('A ticket of yours is resolved by somebody else.'), icon: LucideCircleCheck, tell: (who, ticket) => __('{0} resolved {1}', who, ticket) },
  Export: { label: __('Exports'), hint: __('A long file that you asked for is written.'), icon: LucideDownload, tell: () => __('Your file is ready') },
} // prettier-ignore
const WITH_HTML = new Set<NotificationKind>(['Mention', 'Reaction', 'Assignment'])

/** One sentence on what happened. A reaction without a comment is one to the resolution: the ticket is open again. */
export function sentenceOf(item: Notification, who: string): string {
  const ticket = item.reference_ticket ? referenceOf(item.reference_ticket) : ''
  const isReopening = item.notification_type === 'Reaction' && !item.reference_comment
  return isReopening ? __('{0} reopened {1}', who, ticket) : KINDS[item.notification_type].tell(who, ticket) // prettier-ignore
}
/** Where the file is that a notification tells of. */
export const fileOf = (item: Notification): string =>
  item.notification_type === 'Export' ? (item.message ?? '') : ''
/** What the help desk adds in plain words, such as the subject; what people wrote themselves is HTML and stays away. */
export function detailOf(item: Notification): string {
  if (fileOf(item)) return __('A click downloads it')
  return WITH_HTML.has(item.notification_type) ? '' : (item.message ?? '')
}
