/** What the settings consist of, and for whom. */
import { __ } from '@/lib/translate'

export interface Tab {
  name: string
  label: string
  group: string
  /** Other words people look for. */
  also?: string
  who: 'agent' | 'manager' | 'admin'
  /** Means nothing without this app. */
  app?: string
}
const mine = __('My settings')
const work = __('Work')
const tickets = __('Tickets')
const find = __('Search')
const others = __('Integrations')
export const TABS: Tab[] = [
  {
    name: 'profile',
    label: __('Profile'),
    group: mine,
    who: 'agent',
    also: __('name picture photo signature password'),
  },
  {
    name: 'preferences',
    label: __('Preferences'),
    group: mine,
    who: 'agent',
    also: __('theme dark light language time zone'),
  },
  {
    name: 'notifications',
    label: __('Notifications'),
    group: mine,
    who: 'agent',
    also: __('alerts bell mail SLA mention assignment'),
  },
  {
    name: 'replies',
    label: __('Saved replies'),
    group: mine,
    who: 'agent',
    also: __('canned macro text'),
  },
  {
    name: 'general',
    label: __('General'),
    group: work,
    who: 'admin',
    also: __('brand name logo favicon icon auto close restrict banner public sign up feedback'),
  },
  {
    name: 'mailboxes',
    label: __('Mailboxes'),
    group: work,
    who: 'manager',
    also: __('e-mail account IMAP SMTP Gmail Outlook'),
  },
  {
    name: 'mail-texts',
    label: __('E-mail texts'),
    group: work,
    who: 'manager',
    also: __('notifications acknowledgement feedback template'),
  },
  {
    name: 'widget',
    label: __('Widget'),
    group: work,
    who: 'manager',
    also: __('website button guests form snippet embed'),
  },
  {
    name: 'agents',
    label: __('Agents'),
    group: work,
    who: 'manager',
    also: __('invite invitation role manager'),
  },
  {
    name: 'availability',
    label: __('Availability'),
    group: work,
    who: 'manager',
    also: __('away present'),
  },
  { name: 'teams', label: __('Teams'), group: work, who: 'manager' },
  {
    name: 'sla',
    label: __('SLA'),
    group: work,
    who: 'manager',
    also: __('service level agreement first response resolution due working hours'),
  },
  { name: 'holidays', label: __('Holidays'), group: work, who: 'manager' },
  { name: 'rules', label: __('Assignment rules'), group: work, who: 'manager' },
  { name: 'templates', label: __('Templates and fields'), group: tickets, who: 'manager' },
  {
    name: 'dependencies',
    label: __('Field dependencies'),
    group: tickets,
    who: 'manager',
    also: __('parent child values require show'),
  },
  { name: 'statuses', label: __('Statuses'), group: tickets, who: 'manager' },
  { name: 'priorities', label: __('Priorities'), group: tickets, who: 'manager' },
  { name: 'types', label: __('Types'), group: tickets, who: 'manager' },
  {
    name: 'categories',
    label: __('Categories'),
    group: tickets,
    who: 'manager',
    also: __('topic routing team'),
  },
  {
    name: 'labels',
    label: __('Labels'),
    group: tickets,
    who: 'manager',
    also: __('tags color'),
  },
  { name: 'feedback', label: __('Feedback options'), group: tickets, who: 'manager' },
  {
    name: 'scripts',
    label: __('Form scripts'),
    group: tickets,
    who: 'manager',
    also: __('custom buttons'),
  },
  { name: 'synonyms', label: __('Synonyms'), group: find, who: 'manager' },
  { name: 'stopwords', label: __('Stopwords'), group: find, who: 'manager' },
  {
    name: 'ai',
    label: __('AI'),
    group: others,
    who: 'manager',
    also: __('artificial intelligence language model summary suggestions key provider'),
  },
  {
    name: 'api',
    label: __('API'),
    group: others,
    who: 'agent',
    also: __('key secret token curl REST'),
  },
  {
    name: 'webhooks',
    label: __('Webhooks'),
    group: others,
    who: 'admin',
    also: __('integration address events'),
  },
  {
    name: 'telephony',
    label: __('Telephony'),
    group: others,
    who: 'agent',
    app: 'telephony',
    also: __('phone calls number Twilio Exotel medium'),
  },
  {
    name: 'erpnext',
    label: __('ERPNext'),
    group: others,
    who: 'manager',
    app: 'erpnext',
    also: __('customers sync'),
  },
]

/** Whether somebody may open a tab; the server decides what may be changed in it. */
export function mayOpen(tab: Tab, user: { is_admin?: boolean; is_manager?: boolean }): boolean {
  if (tab.app && !window.apps?.includes(tab.app)) return false
  if (tab.who === 'admin') return Boolean(user.is_admin)
  return tab.who === 'agent' || Boolean(user.is_manager)
}

/** The tabs whose name, group or other words contain the text. */
export function findTabs(tabs: Tab[], text: string): Tab[] {
  const wanted = text.trim().toLowerCase()
  return tabs.filter(({ label, group, also }) =>
    `${label} ${group} ${also ?? ''}`.toLowerCase().includes(wanted),
  )
}
