/** Forms of records, described as data. */
export interface FormField {
  name: string
  label: string
  type:
    'text' | 'textarea' | 'number' | 'check' | 'select' | 'link' | 'date' | 'time' | 'duration' | 'email' | 'password' | 'table' // prettier-ignore
  options?: string[]
  doctype?: string
  required?: boolean
  hint?: string
  /** The fields of a table's rows. */
  fields?: FormField[]
  /** Fixed once the record is made, because it is its name. */
  isName?: boolean
}

export interface RecordKind {
  doctype: string
  /** What people call one of them. */
  one: string
  title: string
  subtitle?: string
  /** The field that can be switched in the list, and whether "on" is stored as 1. */
  toggle?: { field: string; on: 0 | 1 }
  defaults?: Record<string, unknown>
  fields: FormField[]
}
