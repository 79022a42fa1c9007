/** From a number of a report to the tickets it counts. Pure. */
import type { ReportColumn, ReportFilters, ReportRow } from '@/api/reports'
import type { Condition } from '@/types/list'
import { isoDay } from './periods'
import { __ } from './translate'

const GROUPS: Record<string, string> = {
  'Ticket Type': 'ticket_type',
  'Ticket Category': 'category',
  'Ticket Priority': 'priority',
  Contact: 'contact',
  'Assigned To': '_assign',
}
const STATES: Record<string, Condition> = {
  sla_status_failed: ['agreement_status', '=', 'Failed'],
  sla_status_fulfilled: ['agreement_status', '=', 'Fulfilled'],
  sla_status_ongoing: ['agreement_status', 'in', ['First Response Due', 'Resolution Due', 'Paused']],
} // prettier-ignore
const HOURS = 3
const text = (value: unknown) => String(value ?? '')

/** How the server names the column of a status. */
const scrubbed = (name: string) => name.toLowerCase().replace(/[ -]/g, '_')

function asked(filters: ReportFilters): Condition[] {
  const found: Condition[] = ['status', 'priority', 'contact']
    .filter((field) => filters[field])
    .map((field) => [field, '=', text(filters[field])])
  if (filters.assigned_to) found.push(['_assign', 'like', `%"${text(filters.assigned_to)}"%`])
  return found
}
function ofGroup(filters: ReportFilters, row: ReportRow): Condition {
  const field = GROUPS[text(filters.based_on)] ?? 'ticket_type'
  const value = text(row.group)
  if (value === __('Not Specified')) return [field, 'is', 'not set']
  return field === '_assign' ? [field, 'like', `%"${value}"%`] : [field, '=', value]
}
const opened = (from: unknown, to: unknown): Condition => ['opening_date', 'between', [text(from), text(to)]] // prettier-ignore

/** The first and the last day of a period such as 2026, 2026-Q2, 2026-05 or 2026-W19. */
export function daysOf(period: string): [from: string, to: string] | null {
  const [, year, kind, number] = /^(\d{4})(?:-([QW]?)(\d{1,2}))?$/.exec(period) ?? []
  if (!year) return null
  const day = (month: number, date: number) => isoDay(new Date(Number(year), month, date))
  const at = Number(number)
  if (kind === 'W') {
    // The week with the fourth of January is the first; weeks begin on Monday.
    const monday = 4 - ((new Date(Number(year), 0, 4).getDay() + 6) % 7) + (at - 1) * 7
    return [day(0, monday), day(0, monday + 6)]
  }
  if (!number) return [day(0, 1), day(12, 0)]
  const [first, months] = kind === 'Q' ? [(at - 1) * 3, 3] : [at - 1, 1]
  return [day(first, 1), day(first + months, 0)]
}

/** A period as far as it lies in the time of the report. */
function within(period: string, filters: ReportFilters): Condition | null {
  const days = daysOf(period)
  if (!days) return null
  const [from, to] = days
  const [start, end] = [text(filters.from_date), text(filters.to_date)]
  return opened(start && start > from ? start : from, end && end < to ? end : to)
}
function ofDay(column: string, day: string): Condition[] {
  const hour = /^from_(\d+)$/.exec(column)?.[1]
  if (hour === undefined) return [['creation', 'between', [day, day]]]
  const from = Number(hour)
  const at = (hours: number, rest: string) => `${day} ${String(hours).padStart(2, '0')}:${rest}`
  return [['creation', '>=', at(from, '00:00')], ['creation', '<=', at(from + HOURS - 1, '59:59')]] // prettier-ignore
}

/** The tickets behind one number; null where there is no list for it. `statuses` are the names there are. */
export function ticketsOfReport(
  filters: ReportFilters,
  { fieldname }: Pick<ReportColumn, 'fieldname'>,
  row: ReportRow,
  statuses: string[],
): Condition[] | null {
  const day = row.date ?? row.creation_date
  if (day) return ofDay(fieldname, text(day).slice(0, 10))
  if (!('group' in row)) return null
  const base = [...asked(filters), ofGroup(filters, row)]
  const all = [opened(filters.from_date, filters.to_date), ...base]
  if (/^(group|total|total_tickets)$/.test(fieldname)) return all
  const state = STATES[fieldname]
  if (state) return [...all, state]
  const status = statuses.find((name) => scrubbed(name) === fieldname)
  if (status) return [...all, ['status', '=', status]]
  const period = within(fieldname, filters)
  return period && [period, ...base]
}

/** The tickets behind one number of a report's summary, which is named by a status. */
export function ticketsOfSummary(
  filters: ReportFilters,
  label: string,
  statuses: string[],
): Condition[] | null {
  const status = statuses.find((name) => __(name) === label)
  if (!status) return null
  return [opened(filters.from_date, filters.to_date), ...asked(filters), ['status', '=', status]]
}
