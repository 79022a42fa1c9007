/** Where a saved view is shown. */
import type { SavedView } from '@/types/list'
import { __ } from './translate'

const PATHS: Record<string, string> = {
  'HD Ticket': '/tickets',
  'TP Call Log': '/call-logs',
  'HD Customer': '/customers',
  Contact: '/contacts',
  'HD Article': '/kb',
}

export function listPath(doctype: string, isPortal = false): string {
  return isPortal ? '/my-tickets' : (PATHS[doctype] ?? '/tickets')
}

/** Whether a view still has the name it came with: such records are named after their labels. */
const isShipped = ({ name, label, is_standard }: SavedView) =>
  Boolean(is_standard) || name === `VIEW-${label.toUpperCase().replaceAll(' ', '-')}`

/** What a view is called; those that come with the app have a name in every language. */
export const viewLabel = (view: SavedView): string =>
  isShipped(view) ? __(view.label) : view.label

export function viewRoute(view: SavedView) {
  return {
    path: listPath(view.dt, Boolean(view.is_customer_portal)),
    query: { view: view.name },
  }
}

/** The settings of a view, for a copy of one's own: private, and not pinned. */
export function copyOf(view: SavedView): Partial<SavedView> {
  const { dt, type, route_name, is_customer_portal, filters, order_by, columns, rows, group_by_field } = view // prettier-ignore
  return { dt, type, route_name, is_customer_portal, filters, order_by, columns, rows, group_by_field } // prettier-ignore
}
