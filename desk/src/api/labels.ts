/** Labels: the tags of tickets. Managers give some of them a color; every agent may use others. */
import { listDocuments } from './documents'
import { call } from './request'
import type { TicketId } from '@/types/ticket'

const TAGS = 'frappe.desk.doctype.tag.tag'
const TICKET = 'HD Ticket'

export interface TicketLabel {
  name: string
  color: string | null
  description: string | null
}

export const listLabels = () =>
  listDocuments<TicketLabel>('HD Ticket Label', {
    fields: ['name', 'color', 'description'],
    orderBy: 'name asc',
  })

/** The tags that any ticket has, with or without a color. */
export const listUsedTags = () => call<string[]>(`${TAGS}.get_tags`, { doctype: TICKET, txt: '' })

export const addLabel = (ticket: TicketId, tag: string) =>
  call<string>(`${TAGS}.add_tag`, { tag, dt: TICKET, dn: String(ticket) })
export const removeLabel = (ticket: TicketId, tag: string) =>
  call<void>(`${TAGS}.remove_tag`, { tag, dt: TICKET, dn: String(ticket) })
