/** Assignment rules: who would get a ticket by them. */
import { call } from './request'
import type { TicketId } from '@/types/ticket'

export interface Trial {
  rule: string | null
  user: string | null
  /** What the ticket needs, and whether the one who was chosen has it. */
  skills: string[]
  has_skills: boolean
}
export const tryRules = (ticket: TicketId) =>
  call<Trial>('helpdesk.api.assignment_rule.try_rules', { ticket: String(ticket) }, { method: 'GET' }) // prettier-ignore
