/** Records by DocType, for everything that needs no method of its own: lists, single records, links to pick. */
import { call, callForDocs } from './request'

export type RecordName = string | number
export type Row = Record<string, unknown>
export type ServerFilters = Record<string, unknown> | [string, string, unknown][]

export interface ListOptions {
  fields: string[]
  filters?: ServerFilters
  orderBy?: string
  limit?: number
  start?: number
}

export function listDocuments<T>(doctype: string, options: ListOptions): Promise<T[]> {
  const { fields, filters = {}, orderBy = 'modified desc', limit = 500, start = 0 } = options
  return call<T[]>(
    'frappe.client.get_list',
    { doctype, fields, filters, order_by: orderBy, limit_page_length: limit, limit_start: start },
    { method: 'GET' },
  )
}

export function countDocuments(doctype: string, filters: ServerFilters = {}): Promise<number> {
  return call<number>('frappe.client.get_count', { doctype, filters }, { method: 'GET' })
}

export function getDocument<T>(doctype: string, name: RecordName): Promise<T> {
  return call<T>('frappe.client.get', { doctype, name: String(name) }, { method: 'GET' })
}

export function insertDocument<T>(doctype: string, values: object): Promise<T> {
  return call<T>('frappe.client.insert', { doc: { ...values, doctype } })
}

/** Change some fields; the others stay as they are. */
export function updateDocument<T>(doctype: string, name: RecordName, values: object): Promise<T> {
  return call<T>('frappe.client.set_value', { doctype, name: String(name), fieldname: values })
}

/** Save a whole record with its rows; refused when somebody else saved it meanwhile. */
export function saveDocument<T>(doctype: string, document: object): Promise<T> {
  return call<T>('frappe.client.save', { doc: { ...document, doctype } })
}

export function deleteDocument(doctype: string, name: RecordName): Promise<void> {
  return call<void>('frappe.client.delete', { doctype, name: String(name) })
}

export function renameDocument(doctype: string, name: string, newName: string): Promise<string> {
  return call<string>('frappe.client.rename_doc', { doctype, old_name: name, new_name: newName })
}

export interface LinkOption {
  value: string
  label?: string
  description?: string
}

/** The records a link field may point to, ten at most. */
export function searchLink(
  doctype: string,
  text: string,
  filters: ServerFilters = {},
): Promise<LinkOption[]> {
  const args = { doctype, txt: text, page_length: 10, filters }
  return call<LinkOption[]>('frappe.desk.search.search_link', args)
}

/** A field as its DocType defines it. */
export interface DocField {
  fieldname: string
  fieldtype: string
  label: string | null
  options?: string | null
  description?: string | null
  depends_on?: string | null
  reqd?: 0 | 1
  hidden?: 0 | 1
  read_only?: 0 | 1
}

/** The fields of a DocType of another app, which may have others in its next version. */
export async function getFields(doctype: string): Promise<DocField[]> {
  const metas = await callForDocs<{ name: string; fields: DocField[] }>('frappe.desk.form.load.getdoctype', { doctype }) // prettier-ignore
  return metas.find(({ name }) => name === doctype)?.fields ?? []
}
