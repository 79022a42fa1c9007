/** Icons of saved views by the name they are stored under. Other names, and old emoji, are shown as text. */
import type { Component } from 'vue'
import LucideAlarmClock from '~icons/lucide/alarm-clock'
import LucideArchive from '~icons/lucide/archive'
import LucideBookmark from '~icons/lucide/bookmark'
import LucideBug from '~icons/lucide/bug'
import LucideClockAlert from '~icons/lucide/clock-alert'
import LucideClock from '~icons/lucide/clock'
import LucideFlag from '~icons/lucide/flag'
import LucideFlame from '~icons/lucide/flame'
import LucideCalendarClock from '~icons/lucide/calendar-clock'
import LucideHourglass from '~icons/lucide/hourglass'
import LucideInbox from '~icons/lucide/inbox'
import LucideList from '~icons/lucide/list'
import LucideMessageCircle from '~icons/lucide/message-circle'
import LucideStar from '~icons/lucide/star'
import LucideTicket from '~icons/lucide/ticket'
import LucideUser from '~icons/lucide/user'
import LucideUserCheck from '~icons/lucide/user-check'
import LucideUsers from '~icons/lucide/users'
import LucideZap from '~icons/lucide/zap'

export const VIEW_ICONS: Record<string, Component> = {
  list: LucideList,
  inbox: LucideInbox,
  ticket: LucideTicket,
  star: LucideStar,
  clock: LucideClock,
  'alarm-clock': LucideAlarmClock,
  'clock-alert': LucideClockAlert,
  'calendar-clock': LucideCalendarClock,
  hourglass: LucideHourglass,
  flag: LucideFlag,
  flame: LucideFlame,
  'message-circle': LucideMessageCircle,
  archive: LucideArchive,
  bookmark: LucideBookmark,
  bug: LucideBug,
  zap: LucideZap,
  user: LucideUser,
  users: LucideUsers,
  'user-check': LucideUserCheck,
}

export function viewIcon(name: string | null | undefined): Component {
  return VIEW_ICONS[name ?? ''] ?? LucideList
}

/** Whether a stored icon is an emoji of old, to be drawn as text. */
export function isEmoji(name: string | null | undefined): boolean {
  return Boolean(name) && !/^[\w-]+$/.test(name ?? '')
}
