/** Forms of records, described as data. */
export interface FormField {
  name: string
  label: string
  type:
    'text' | 'textarea' | 'number' | 'check' | 'select' | 'link' | 'date' | 'time' | 'duration' | 'email' | 'password' | 'table' | 'conditions' | 'weekdays' | 'code' // prettier-ignore
  /** Values to choose from; with a label of their own if given. */
  options?: (string | { label: string; value: string })[]
  doctype?: string
  required?: boolean
  hint?: string
  /** The fields of a table's rows. */
  fields?: FormField[]
  /** Where the editor of conditions keeps its own form, and what it puts before fields in the expression. */
  conditions?: { json: string; prefix: string }
  /** Means nothing, and is not shown, while this other field is on. */
  without?: string
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
  /** Shown only where these hold, such as the DocType a rule is for. */
  filters?: Record<string, unknown>
  /** Whether a copy may be made of one, and what the copy begins with. */
  copyDefaults?: Record<string, unknown>
  hint?: string
  fields: FormField[]
}
