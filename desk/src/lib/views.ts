/** Where a saved view is shown. */
import type { SavedView } from '@/types/list'

const PATHS: Record<string, string> = {
  'HD Ticket': '/tickets',
  'HD Customer': '/customers',
  Contact: '/contacts',
  'HD Article': '/kb',
}

export function listPath(doctype: string, isPortal = false): string {
  return isPortal ? '/my-tickets' : (PATHS[doctype] ?? '/tickets')
}

export function viewRoute(view: SavedView) {
  return {
    path: listPath(view.dt, Boolean(view.is_customer_portal)),
    query: { view: view.name },
  }
}
