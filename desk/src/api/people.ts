/** Customers and contacts: who asks, and for which organization. */
import { call, callDocument } from './request'

export interface TicketStats {
  [card: string]: unknown
}
export const createCustomer = (customer: object) =>
  call<{ name: string }>('helpdesk.api.customer.create_customer', { customer })
export const deleteCustomer = (name: string, withTickets: boolean) =>
  call<void>('helpdesk.api.customer.delete_customer', { name, delete_tickets: withTickets })
export const createContact = (doc: object, invite: boolean) =>
  call<string>('helpdesk.api.contact.create_contact', { doc, invite })
export const deleteContact = (name: string, withTickets: boolean) =>
  call<void>('helpdesk.api.contact.delete_contact', { name, delete_tickets: withTickets })
export const getContactInfo = (name: string) =>
  call<{ customers: { name: string; image: string | null }[]; invitation?: { name: string; status: string } }>(
    'helpdesk.api.contact.get_contact_info',
    { name },
    { method: 'GET' },
  ) // prettier-ignore

export interface CustomerContact {
  contact_name: string
  is_primary: 0 | 1
  is_manager: 0 | 1
  email_id: string | null
  mobile_no: string | null
  image: string | null
  ticket_count: number
}
export const listCustomerContacts = (customer: string) =>
  callDocument<CustomerContact[]>('HD Customer', customer, 'get_contacts')
