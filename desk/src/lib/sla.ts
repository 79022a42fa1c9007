/** What the two SLA clocks of a ticket say right now, in a word, a colour and a countdown. Pure. */
import type { SlaFields, SlaState as Pressure } from '@/types/ticket'
import { span, toMoment } from './dates'
import { __ } from './translate'

export type SlaTone = 'gray' | 'green' | 'orange' | 'red' | 'blue'

export interface SlaState {
  tone: SlaTone
  text: string
  /** Short form for table cells. */
  short: string
  due: string | null
}

type Clock = Partial<SlaFields> & { first_response_time?: number | null; resolution_time?: number | null } // prettier-ignore

/** What the server's state of a promise is called; '' without a promise. */
export function slaWord(state: Pressure | null | undefined): string {
  const WORDS: Record<string, string> = { 'On Track': __('On track'), Warning: __('Little time left'), Breached: __('Overdue'), Paused: __('On hold'), Fulfilled: __('Fulfilled') } // prettier-ignore
  return WORDS[state ?? ''] ?? ''
}

function seconds(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000
}

/** `spent` is the working time it took, where that was counted. */
function fulfilledOrFailed(
  due: Date,
  done: Date,
  dueText: string,
  spent?: number | null,
): SlaState {
  const late = seconds(due, done)
  const kept = spent ? __('Fulfilled in {0}', span(spent)) : __('Fulfilled')
  return late <= 0
    ? { tone: 'green', text: kept, short: __('Fulfilled'), due: dueText }
    : { tone: 'red', text: __('Failed by {0}', span(late)), short: __('Failed'), due: dueText }
}

function runningOrLate(due: Date, now: Date, dueText: string, isEarly: boolean): SlaState {
  const left = seconds(now, due)
  if (left <= 0)
    return { tone: 'red', text: __('Overdue by {0}', span(-left)), short: __('Overdue'), due: dueText } // prettier-ignore
  const tone = isEarly ? 'gray' : 'orange'
  return { tone, text: __('Due in {0}', span(left)), short: span(left), due: dueText }
}

/** Whether most of the time is still left; the server says until when, counting working hours only. */
function isBeforeWarning(ticket: Clock, now: Date): boolean {
  const warning = toMoment(ticket.sla_warning_on)
  return warning !== null && now < warning
}

/** The first-response clock; null without a promise. */
export function firstResponse(ticket: Clock, now: Date): SlaState | null {
  const due = toMoment(ticket.response_by)
  if (!due || !ticket.response_by) return null
  const answered = toMoment(ticket.first_responded_on)
  if (answered)
    return fulfilledOrFailed(due, answered, ticket.response_by, ticket.first_response_time)
  if (isPaused(ticket)) return paused(ticket.response_by)
  return runningOrLate(due, now, ticket.response_by, isBeforeWarning(ticket, now))
}

/** The resolution clock; null without a promise. */
export function resolution(ticket: Clock, now: Date): SlaState | null {
  const due = toMoment(ticket.resolution_by)
  if (!due || !ticket.resolution_by) return null
  const resolved = toMoment(ticket.resolution_date)
  if (resolved)
    return fulfilledOrFailed(due, resolved, ticket.resolution_by, ticket.resolution_time)
  if (isPaused(ticket)) return paused(ticket.resolution_by)
  // The warning is for what is due first; until the first answer that is not this clock.
  const isEarly = isBeforeWarning(ticket, now) || awaitsAnswer(ticket)
  return runningOrLate(due, now, ticket.resolution_by, isEarly)
}

function awaitsAnswer(ticket: Clock): boolean {
  const { sla_warning_on, response_by, first_responded_on } = ticket
  return Boolean(sla_warning_on && response_by) && !first_responded_on
}

function isPaused(ticket: Clock): boolean {
  return ticket.status_category === 'Paused' || Boolean(ticket.on_hold_since)
}

function paused(due: string): SlaState {
  return { tone: 'blue', text: __('On hold'), short: __('On hold'), due }
}
