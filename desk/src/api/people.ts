/** Customers and contacts: who asks, and for which organization. */
import { call, callDocument, ServerError, upload } from './request'
import { countDocuments, getDocument, listDocuments, renameDocument, saveDocument, updateDocument } from './documents' // prettier-ignore
import { inviteToPortal, type InviteOutcome } from './agents'
import type { Metric } from './analytics'
import { numberNamedIn } from '@/lib/reference'
import type { ServerDate, TicketId } from '@/types/ticket'

export interface Requester {
  name: string
  full_name: string
  email_id: string
}
export const searchRequesters = (txt: string) =>
  call<Requester[]>('helpdesk.api.contact.search_contacts', { txt }, { method: 'GET' })

// -- contacts

export interface Contact {
  name: string
  first_name: string | null
  last_name: string | null
  full_name: string | null
  image: string | null
  email_id: string | null
  mobile_no: string | null
  phone: string | null
  user: string | null
  email_ids: { email_id: string; is_primary: 0 | 1 }[]
  phone_nos: { phone: string; is_primary_mobile_no: 0 | 1; is_primary_phone: 0 | 1 }[]
}
export interface ContactInfo {
  customers: { name: string; image: string | null }[]
  last_seen: ServerDate | null
  timezone: string | null
  country: string | null
  invitation?: { name: string; status: string } | null
}
/** What the edit form of a contact sends; addresses and numbers replace all old ones. */
export interface ContactChange {
  first_name: string
  last_name: string
  image: string | null
  email_ids: { email_id: string; is_primary: boolean }[]
  phone_nos: { phone: string; is_primary: boolean }[]
}
export const getContactRecord = (name: string) => getDocument<Contact>('Contact', name)
export const createContact = (doc: object, invite: boolean) =>
  call<string>('helpdesk.api.contact.create_contact', { doc, invite })
export const editContact = (name: string, doc: ContactChange) =>
  call<string>('helpdesk.api.contact.edit_contact', { name, doc })
export const deleteContact = (name: string, withTickets: boolean) =>
  call<void>('helpdesk.api.contact.delete_contact', { name, delete_tickets: withTickets })
export const getContactInfo = (name: string) =>
  call<ContactInfo>('helpdesk.api.contact.get_contact_info', { name }, { method: 'GET' })

// -- customers

export interface Member {
  contact_name: string
  is_manager: 0 | 1
}
export interface Customer {
  name: string
  customer_name: string
  customer_type: string | null
  /** Mail domains, separated by commas. */
  domain: string | null
  country: string | null
  image: string | null
  email_id: string | null
  mobile_no: string | null
  primary_contact: string | null
  contacts: Member[]
}
export interface CustomerContact {
  contact_name: string
  is_primary: 0 | 1
  is_manager: 0 | 1
  email_id: string | null
  mobile_no: string | null
  image: string | null
  last_active: ServerDate | null
  ticket_count: number
}
export const getCustomer = (name: string) => getDocument<Customer>('HD Customer', name)
export const saveCustomer = (customer: Customer) => saveDocument<Customer>('HD Customer', customer)
export const changeCustomer = (name: string, changes: object) => updateDocument<object>('HD Customer', name, changes) // prettier-ignore
export const renameCustomer = (name: string, newName: string) => renameDocument('HD Customer', name, newName) // prettier-ignore
export const createCustomer = (customer: object, primary_contact?: object) =>
  call<{ name: string; invited_emails: string[] }>('helpdesk.api.customer.create_customer', { customer, primary_contact }) // prettier-ignore
export const deleteCustomer = (name: string, withTickets: boolean) =>
  call<void>('helpdesk.api.customer.delete_customer', { name, delete_tickets: withTickets })
export const listCustomerContacts = (customer: string) =>
  callDocument<CustomerContact[]>('HD Customer', customer, 'get_contacts')
export type MemberRole = 'HD Customer' | 'HD Customer Manager'
export const addMembers = (customer: string, contacts: string[], role: MemberRole) =>
  callDocument<{ added: string[]; invite_result: Partial<InviteOutcome> }>('HD Customer', customer, 'add_contacts', { contacts, role }) // prettier-ignore
/** Invite a contact to the portal, as a member of the customer they belong to, if any. */
export async function inviteContact(
  email: string,
  customer?: string,
): Promise<Partial<InviteOutcome>> {
  if (customer) return (await addMembers(customer, [email], 'HD Customer')).invite_result
  return inviteToPortal(email)
}
export interface PendingMember {
  name: string
  email: string
  invited_on: ServerDate
  roles: string[]
}
export const listPendingMembers = (customer: string) =>
  callDocument<PendingMember[]>('HD Customer', customer, 'get_pending_invites')

// -- both

export type RecordKind = 'HD Customer' | 'Contact'
const FIELD = { 'HD Customer': 'customer', Contact: 'contact' } as const

export async function uploadLogo(file: File): Promise<string> {
  return (await upload<{ file_url: string }>(file, { is_private: '0', folder: 'Home' })).file_url
}

/** What the caller may do with one record; the server says it again when it is done. */
export async function getRights(doctype: string, name: string): Promise<Record<string, boolean>> {
  const path = 'frappe.client.get_doc_permissions'
  const { permissions } = await call<{ permissions: Record<string, 0 | 1 | boolean> }>(path, { doctype, docname: name }) // prettier-ignore
  return Object.fromEntries(Object.entries(permissions).map(([right, may]) => [right, Boolean(may)])) // prettier-ignore
}
export const countTickets = (kind: RecordKind, name: string) =>
  countDocuments('HD Ticket', { [FIELD[kind]]: name })

export interface Ratings {
  data: { rating: number; count: number }[]
  average: number
  total: number
}
const STATS = 'helpdesk.api.ticket_stats'
export const getRatings = (kind: RecordKind, value: string) =>
  call<Ratings>(`${STATS}.get_feedback_received`, { scope: FIELD[kind], value })
const metric = (method: string) => (dt: RecordKind, dn: string, period: string) =>
  call<Metric>(`${STATS}.${method}`, { dt, dn, period })
export const getFiledTickets = metric('get_ticket_stats')
export const getMissedPromises = metric('get_sla_violations')
export const getFirstResponseOf = metric('get_avg_first_response_time')
export const getResolutionOf = metric('get_avg_resolution_time')

export interface RecordTicket {
  name: TicketId
  subject: string
  status: string
  priority: string | null
  modified: ServerDate
}
export interface TicketQuestion {
  search: string
  status: string
  priority: string
  orderBy: string
  limit: number
}
/** The tickets of a customer or contact, searched by number or subject. */
export function listTicketsOf(kind: RecordKind, name: string, question: TicketQuestion) {
  const { search, status, priority, orderBy, limit } = question
  const number = numberNamedIn(search)
  const filters: [string, string, unknown][] = [[FIELD[kind], '=', name]]
  if (number) filters.push(['name', '=', number])
  else if (search.trim()) filters.push(['subject', 'like', `%${search.trim()}%`])
  if (status) filters.push(['status', '=', status])
  if (priority) filters.push(['priority', '=', priority])
  return listDocuments<RecordTicket>('HD Ticket', { fields: ['name', 'subject', 'status', 'priority', 'modified'], filters, orderBy, limit }) // prettier-ignore
}

export interface RatedTicket {
  name: TicketId
  subject: string
  feedback_rating: number
  feedback: string | null
  feedback_extra: string | null
  modified: ServerDate
}
/** What a contact thought of the help. Ratings are shares of five stars. */
export function listFeedbackOf(contact: string, least: number, most: number) {
  return listDocuments<RatedTicket>('HD Ticket', {
    fields: ['name', 'subject', 'feedback_rating', 'feedback', 'feedback_extra', 'modified'],
    filters: [['contact', '=', contact], ['feedback_rating', '>', 0], ['feedback_rating', '>=', least], ['feedback_rating', '<=', most]], // prettier-ignore
    limit: 100,
  })
}

/** The customers that the person who asks belongs to; none for people without the rights of a customer's contact. */
export async function listMyCustomers(): Promise<string[]> {
  try {
    const found = await listDocuments<{ name: string }>('HD Customer', { fields: ['name'], orderBy: 'name asc' }) // prettier-ignore
    return found.map(({ name }) => name)
  } catch (error) {
    if (error instanceof ServerError && error.isPermission) return []
    throw error
  }
}
