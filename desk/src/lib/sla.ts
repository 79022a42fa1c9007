/** What the two SLA clocks of a ticket say right now, in a word, a colour and a countdown. Pure. */
import type { SlaFields } from '@/types/ticket'
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

type Clock = Partial<SlaFields>

function seconds(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000
}

function fulfilledOrFailed(due: Date, done: Date, dueText: string): SlaState {
  const late = seconds(due, done)
  return late <= 0
    ? { tone: 'green', text: __('Fulfilled'), short: __('Fulfilled'), due: dueText }
    : { tone: 'red', text: __('Failed by {0}', span(late)), short: __('Failed'), due: dueText }
}

function runningOrLate(due: Date, now: Date, dueText: string): SlaState {
  const left = seconds(now, due)
  return left > 0
    ? { tone: 'orange', text: __('Due in {0}', span(left)), short: span(left), due: dueText }
    : { tone: 'red', text: __('Overdue by {0}', span(-left)), short: __('Overdue'), due: dueText }
}

/** The first-response clock; null without a promise. */
export function firstResponse(ticket: Clock, now: Date): SlaState | null {
  const due = toMoment(ticket.response_by)
  if (!due || !ticket.response_by) return null
  const answered = toMoment(ticket.first_responded_on)
  if (answered) return fulfilledOrFailed(due, answered, ticket.response_by)
  if (isPaused(ticket)) return paused(ticket.response_by)
  return runningOrLate(due, now, ticket.response_by)
}

/** The resolution clock; null without a promise. */
export function resolution(ticket: Clock, now: Date): SlaState | null {
  const due = toMoment(ticket.resolution_by)
  if (!due || !ticket.resolution_by) return null
  const resolved = toMoment(ticket.resolution_date)
  if (resolved) return fulfilledOrFailed(due, resolved, ticket.resolution_by)
  if (isPaused(ticket)) return paused(ticket.resolution_by)
  return runningOrLate(due, now, ticket.resolution_by)
}

function isPaused(ticket: Clock): boolean {
  return ticket.status_category === 'Paused' || Boolean(ticket.on_hold_since)
}

function paused(due: string): SlaState {
  return { tone: 'blue', text: __('On hold'), short: __('On hold'), due }
}
