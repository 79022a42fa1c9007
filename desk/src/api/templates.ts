/** The form of a new ticket, and the fields a team adds to its tickets. */
import { listDocuments } from './documents'
import { call } from './request'

export interface TemplateField {
  fieldname: string
  label: string
  fieldtype: string
  options: string | null
  description?: string | null
  depends_on?: string | null
  mandatory_depends_on?: string | null
  required: 0 | 1
  hide_from_customer: 0 | 1
  placeholder: string | null
  url_method: string | null
}

export interface TicketTemplate {
  about: string | null
  fields: TemplateField[]
  subject_template?: string | null
  description_template?: string | null
  _form_script?: string[] | null
}

/** The forms agents may choose from. */
export const listTemplates = () =>
  listDocuments<{ name: string }>('HD Ticket Template', { fields: ['name'], orderBy: 'name asc' })

export function getTemplate(name: string): Promise<TicketTemplate> {
  return call<TicketTemplate>('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { name })
}

/** Options that a server method gives for a field. */
export const listFieldOptions = (method: string) => call<(string | { label: string; value: string })[]>(method, {}, { method: 'GET' }) // prettier-ignore

/** What administrators wrote for the agents' ticket page. */
export async function listFormScripts(): Promise<string[]> {
  const path = 'helpdesk.helpdesk.doctype.hd_ticket.api.get_ticket_customizations'
  return (await call<{ _form_script: string[] | null }>(path))._form_script ?? []
}
