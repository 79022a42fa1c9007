/** The mails the help desk writes by itself: whether it does, and with which text. */
import { call } from './request'

const TEXTS = 'helpdesk.api.settings.email_notifications'
export type MailKind = 'acknowledgement' | 'share_feedback' | 'reply_to_agents' | 'reply_via_agent'
export interface MailText {
  enabled: boolean
  content: string
  default_content: string
  ticket_status?: { label: string; value: string }
}
export const getMailText = (notification: MailKind) =>
  call<MailText>(`${TEXTS}.get_data`, { notification }, { method: 'GET' })
export const saveMailText = (kind: MailKind, text: Omit<MailText, 'default_content'>) =>
  call<object>(`${TEXTS}.update_${kind}`, { ...text }, { method: 'PUT' })
