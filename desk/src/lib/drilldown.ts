/** From a figure of the dashboard to the tickets behind it: the conditions of the list. Pure. */
import type { Chart, DashboardFilters } from '@/api/analytics'
import type { Condition } from '@/types/list'
import { __ } from './translate'

/** The field each share is about. */
const FIELDS: Record<string, string> = {
  team: 'agent_group',
  type: 'ticket_type',
  category: 'category',
  priority: 'priority',
}
const DAY = /^\d{4}-\d{2}-\d{2}/
export type ChartRow = Record<string, unknown>

/** What a dashboard is about, apart from its time. */
function whoseOf({ team, agent }: DashboardFilters): Condition[] {
  const found: Condition[] = []
  if (team) found.push(['agent_group', '=', team])
  if (agent) found.push(['_assign', 'like', `%${agent}%`])
  return found
}
const during = (field: string, { from_date, to_date }: DashboardFilters): Condition[] =>
  from_date && to_date ? [[field, 'between', [from_date, to_date]]] : []

/** The tickets a dashboard counts, created in its time. */
export const ticketsOf = (filters: DashboardFilters): Condition[] => [
  ...during('creation', filters),
  ...whoseOf(filters),
]
/** Ratings count on the day the ticket was resolved. */
export const ratedTicketsOf = (filters: DashboardFilters): Condition[] => [
  ...during('resolution_date', filters),
  ...whoseOf(filters),
  ['feedback_rating', '>', 0],
]

export const FULFILLED: Condition = ['agreement_status', '=', 'Fulfilled']
export const ANSWERED: Condition = ['first_responded_on', 'is', 'set']
export const RESOLVED: Condition = ['status_category', '=', 'Resolved']

/** The order of the number cards is the server's: all, resolved in time, answered, resolved, rated. */
export function ticketsOfCard(at: number, filters: DashboardFilters): Condition[] {
  if (at === 4) return ratedTicketsOf(filters)
  const more = [null, FULFILLED, ANSWERED, RESOLVED][at]
  return more ? [...ticketsOf(filters), more] : ticketsOf(filters)
}

/** What the numbers of a day count, by column. */
const OF_DAY: Record<string, Condition> = {
  open: ['status_category', '=', 'Open'],
  closed: RESOLVED,
  SLA_fulfilled: FULFILLED,
}

/** The condition of one share of the whole; null where there is no list for it. */
function shareOf(chart: Chart, row: ChartRow): Condition | null {
  const column = chart.categoryColumn ?? Object.keys(row).find((name) => name in FIELDS) ?? ''
  if (column === 'channel')
    return ['via_customer_portal', '=', row[column] === __('Portal') ? 1 : 0]
  const field = FIELDS[column]
  if (!field) return null
  const value = row[column]
  return !value || value === __('No Team') || value === __('No Category')
    ? [field, 'is', 'not set']
    : [field, '=', String(value)]
}

/** The tickets behind a row of a chart, or behind one number of it; null where there is no list for it. */
export function ticketsOfRow(
  chart: Chart,
  row: ChartRow,
  filters: DashboardFilters,
  column = '',
): Condition[] | null {
  const date = String(row.date ?? '')
  if (DAY.test(date)) {
    const day = date.slice(0, 10)
    const onDay = { ...filters, from_date: day, to_date: day }
    if ('rated_tickets' in row) return ratedTicketsOf(onDay)
    const more = OF_DAY[column]
    return more ? [...ticketsOf(onDay), more] : ticketsOf(onDay)
  }
  const share = shareOf(chart, row)
  return share && [...ticketsOf(filters), share]
}

export const listAddress = (conditions: Condition[]) => ({
  path: '/tickets',
  query: { filters: JSON.stringify(conditions) },
})
