/** Search over tickets, mails and comments. */
import { call } from './request'
import { numberNamedIn } from '@/lib/reference'
import type { ServerDate, TicketId } from '@/types/ticket'

export interface SearchHit {
  id: string
  doctype: string
  name: string
  title: string
  content: string
  score: number
  modified: ServerDate
  reference_ticket?: TicketId
  reference_name?: TicketId
  status?: string
  priority?: string
  agent_group?: string
}

export interface SearchAnswer {
  results: SearchHit[]
  summary: {
    duration: number
    total_matches: number
    returned_matches: number
    filtered_matches: number
    corrected_query?: string | null
  }
}

export type SearchFilters = Partial<
  Record<'agent_group' | 'status' | 'priority' | 'doctype', string[]>
>

export interface SearchFilterOptions {
  teams: Record<string, number>
  statuses: Record<string, number>
  priorities: Record<string, number>
  doctypes: Record<string, number>
}

export function search(
  query: string,
  filters: SearchFilters = {},
  limit = 50,
  signal?: AbortSignal,
): Promise<SearchAnswer> {
  const args = { query, filters: JSON.stringify(filters), limit }
  return call<SearchAnswer>('helpdesk.api.search.search', args, { signal })
}

export function getSearchFilters(): Promise<SearchFilterOptions> {
  return call<SearchFilterOptions>('helpdesk.api.search.get_filter_options')
}

export interface FoundTicket {
  name: TicketId
  subject: string
  status: string
  customer: string | null
  raised_by: string
  modified: ServerDate
}

/** The ticket of that number, and the latest tickets of a customer or requester of that name. */
export function findTickets(query: string): Promise<FoundTicket[]> {
  const number = numberNamedIn(query)
  const like = `%${query.trim()}%`
  const args = {
    doctype: 'HD Ticket',
    fields: ['name', 'subject', 'status', 'customer', 'raised_by', 'modified'],
    or_filters: number
      ? [['name', '=', number]]
      : [
          ['customer', 'like', like],
          ['raised_by', 'like', like],
          ['contact', 'like', like],
        ],
    order_by: 'modified desc',
    limit_page_length: 8,
  }
  return call<FoundTicket[]>('frappe.client.get_list', args, { method: 'GET' })
}
