/** Any list: its rows, its fields to filter and sort by, and what is done to many rows at once. */
import { call } from './request'
import { deleteDocument, updateDocument } from './documents'
import type { Choice, Column, Condition, FilterField, GroupBy, ListRow, QuickFilter } from '@/types/list' // prettier-ignore
import type { TicketId } from '@/types/ticket'

export interface ListRequest {
  doctype: string
  filters: Condition[]
  orderBy: string
  pageLength: number
  columns: Column[]
  rows: string[]
  groupBy?: string | null
  isPortal?: boolean
  /** Answer with the rows alone when there are more than these; `countList` tells how many. */
  countsLater?: boolean
}

export interface ListAnswer {
  data: ListRow[]
  columns: Column[]
  rows: string[]
  fields: { label: string; type: string; value: string; options?: string | null }[]
  /** Null when the number is asked for later. */
  total_count: number | null
  group_by_field?: GroupBy | null
}

/** List rows; pages grow, so ask for twice the length to see the next page. */
export function getList(request: ListRequest, signal?: AbortSignal): Promise<ListAnswer> {
  const view = request.groupBy
    ? { view_type: 'group_by', group_by_field: request.groupBy }
    : { view_type: 'list' }
  const args = {
    doctype: request.doctype,
    filters: request.filters,
    order_by: request.orderBy,
    page_length: request.pageLength,
    columns: request.columns,
    rows: request.rows,
    show_customer_portal_fields: request.isPortal ?? false,
    is_default: !request.columns.length,
    with_total: !request.countsLater,
    view,
  }
  return call<ListAnswer>('helpdesk.api.doc.get_list_data', args, { signal })
}

/** How many rows a list has; with `atMost`, counting ends there. */
export function countList(
  doctype: string,
  filters: Condition[],
  { atMost, signal }: { atMost?: number; signal?: AbortSignal } = {},
): Promise<number> {
  const args = { doctype, filters, ...(atMost ? { at_most: atMost } : {}) }
  return call<number>('helpdesk.api.doc.get_list_count', args, { signal })
}

/** How many rows a list has in each of its groups, by the value of the field; those without one count under "". */
export function countGroups(
  doctype: string,
  groupBy: string,
  filters: Condition[],
  signal?: AbortSignal,
): Promise<Record<string, number>> {
  const args = { doctype, group_by: groupBy, filters }
  return call('helpdesk.api.doc.get_group_counts', args, { signal })
}

const about = (doctype: string, isPortal: boolean) => ({
  doctype,
  show_customer_portal_fields: isPortal,
})

export const listFilterFields = (doctype: string, isPortal = false) =>
  call<FilterField[]>('helpdesk.api.doc.get_filterable_fields', about(doctype, isPortal))

export const listSortOptions = (doctype: string, isPortal = false) =>
  call<Choice[]>('helpdesk.api.doc.sort_options', about(doctype, isPortal))

export const listQuickFilters = (doctype: string, isPortal = false) =>
  call<QuickFilter[]>('helpdesk.api.doc.get_quick_filters', about(doctype, isPortal))

/** What became of one row of many: nothing, or why it was refused. */
export interface Outcome {
  name: TicketId
  error?: string
}

/** Do something to each row by itself, so that one refusal does not stop the others. */
export async function forEach(
  names: TicketId[],
  work: (name: TicketId) => Promise<unknown>,
  report: (outcome: Outcome, done: number) => void = () => {},
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const name of names) {
    const outcome: Outcome = { name }
    try {
      await work(name)
    } catch (error) {
      outcome.error = error instanceof Error ? error.message : String(error)
    }
    outcomes.push(outcome)
    report(outcome, outcomes.length)
  }
  return outcomes
}

export const changeRow = (doctype: string, name: TicketId, values: object) =>
  updateDocument<object>(doctype, name, values)
export const deleteRow = (doctype: string, name: TicketId) => deleteDocument(doctype, name)
