/** Search hits: which ticket they belong to, and where in it. */
import type { SearchHit } from '@/api/search'
import type { TicketId } from '@/types/ticket'

export function ticketOf(hit: SearchHit): TicketId | null {
  if (hit.doctype === 'HD Ticket') return hit.name
  return hit.reference_ticket ?? hit.reference_name ?? null
}

/** Where a click on a hit goes: the ticket, at the mail or comment that was found. */
export function hitRoute(hit: SearchHit) {
  const id = ticketOf(hit)
  const path = `/tickets/${id}`
  if (hit.doctype === 'HD Ticket Comment')
    return { path, query: { highlight: `comment-${hit.name}` } }
  if (hit.doctype === 'Communication')
    return { path, query: { highlight: `communication-${hit.name}` } }
  return { path }
}
