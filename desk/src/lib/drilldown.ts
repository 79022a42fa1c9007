/** From a figure of the dashboard to the tickets behind it: the conditions of the list. Pure. */
import type { Chart, DashboardFilters } from '@/api/analytics'
import type { Condition } from '@/types/list'

/** The field each share is about. */
const FIELDS: Record<string, string> = {
  team: 'agent_group',
  type: 'ticket_type',
  priority: 'priority',
}
const DAY = /^\d{4}-\d{2}-\d{2}/

/** The tickets a dashboard counts, created in its time. */
export function ticketsOf(filters: DashboardFilters): Condition[] {
  const found: Condition[] = []
  if (filters.from_date && filters.to_date)
    found.push(['creation', 'between', [filters.from_date, filters.to_date]])
  if (filters.team) found.push(['agent_group', '=', filters.team])
  if (filters.agent) found.push(['_assign', 'like', `%${filters.agent}%`])
  return found
}

/** The order of the number cards is the server's: all, resolved in time, answered, resolved, rated. */
const CARDS: Condition[][] = [
  [],
  [['agreement_status', '=', 'Fulfilled']],
  [['first_responded_on', 'is', 'set']],
  [['status_category', '=', 'Resolved']],
  [['feedback_rating', '>', 0]],
]
export function ticketsOfCard(at: number, filters: DashboardFilters): Condition[] {
  return [...ticketsOf(filters), ...(CARDS[at] ?? [])]
}

/** The tickets behind one row of a chart; null where there is no list for it. */
export function ticketsOfRow(
  chart: Chart,
  row: Record<string, unknown>,
  filters: DashboardFilters,
): Condition[] | null {
  const date = String(row.date ?? '')
  if (DAY.test(date)) {
    const day = date.slice(0, 10)
    const who = { team: filters.team, agent: filters.agent }
    const field = 'rated_tickets' in row ? 'resolution_date' : 'creation'
    const rated: Condition[] = field === 'creation' ? [] : [['feedback_rating', '>', 0]]
    return [[field, 'between', [day, day]], ...ticketsOf(who), ...rated]
  }
  const column = chart.categoryColumn ?? Object.keys(FIELDS).find((name) => name in row) ?? ''
  const field = FIELDS[column]
  if (!field) return null
  return [...ticketsOf(filters), [field, '=', String(row[column])]]
}

export const listAddress = (conditions: Condition[]) => ({
  path: '/tickets',
  query: { filters: JSON.stringify(conditions) },
})
