/** A list as its page opens it: rows, columns and their number, and the view it is kept in. */
import { useListView } from '@/composables/useListView'
import type { ListSetup } from '@/composables/useListSettings'
import type { ListAnswer } from '@/api/lists'
import type { SavedView } from '@/types/list'
import { sampleRow } from './samples'
import { answers } from './server'

export const LIST = 'helpdesk.api.doc.get_list_data'

/** One ticket of many, under two columns. */
export function listPage(values: Partial<ListAnswer> = {}): ListAnswer {
  return {
    data: [sampleRow()],
    columns: [
      { key: 'subject', label: 'Subject', type: 'Data', width: '20rem' },
      { key: 'status', label: 'Status', type: 'Link', width: '8rem' },
    ],
    rows: [],
    fields: [{ label: 'Team', type: 'Link', value: 'agent_group', options: 'HD Team' }],
    total_count: 45,
    ...values,
  }
}

export function sampleView(values: Partial<SavedView> = {}): SavedView {
  return {
    name: 'v',
    label: 'Calm ones',
    icon: null,
    user: 'anna@x',
    dt: 'HD Ticket',
    type: 'list',
    route_name: null,
    is_default: 0,
    is_standard: 0,
    is_customer_portal: 0,
    pinned: 0,
    public: 0,
    filters: '[]',
    order_by: '',
    columns: '[]',
    rows: '[]',
    group_by_field: null,
    ...values,
  }
}

/** Let the server answer what a list asks when it opens: the saved views, the quick filters, the rows. */
export function answerList(values: Partial<ListAnswer> = {}, views: SavedView[] = []): void {
  answers('frappe.client.get_list', views)
  answers('frappe.client.insert', ({ doc }) => ({ ...sampleView(), ...(doc as object) }))
  answers('helpdesk.api.doc.get_quick_filters', [])
  answers(LIST, listPage(values))
}

/** The tickets, with their rows on the screen. */
export async function openedList(values: Partial<ListAnswer> = {}, setup: Partial<ListSetup> = {}) {
  answerList(values)
  const list = useListView({ doctype: 'HD Ticket', ...setup })
  await list.start()
  return list
}
