/** Forms of records, described as data. */
export type Choice = string | { label: string; value: string }
/** A name to be filled in later, and what it stands for. */
export interface Variable {
  name: string
  label: string
}

/** What is being typed at the cursor, and how many characters around it that is. */
export interface Typed {
  query: string
  before: number
  after: number
}

export interface FormField {
  name: string
  label: string
  type:
    'text' | 'textarea' | 'number' | 'check' | 'select' | 'link' | 'date' | 'time' | 'duration' | 'email' | 'password' | 'table' | 'conditions' | 'ticks' | 'code' | 'richtext' | 'image' | 'color' | 'ticketfield' // prettier-ignore
  /** Values to choose from, with a label of their own if given; a function where they depend on who asks. */
  options?: Choice[] | (() => Choice[])
  doctype?: string
  filters?: Record<string, unknown>
  required?: boolean
  hint?: string
  /** The fields of a table's rows. */
  fields?: FormField[]
  /** Where the editor of conditions keeps its own form, and what it puts before fields in the expression. */
  conditions?: { json: string; prefix: string }
  /** The column of a table whose values are ticked. */
  column?: string
  /** Means nothing, and is not shown, unless this holds for the other values. */
  when?: (values: Record<string, unknown>) => boolean
  /** The order of a table's rows matters, and can be changed. */
  isOrdered?: boolean
  /** Marks the row of a table whose `column` is what another field of the record holds. */
  mark?: { column: string; by: string; label: string }
  /** Names that may be written between braces in this text. */
  variables?: () => Promise<Variable[]>
  /** How tall a field for code is. */
  rows?: number
  /** What a browser may fill in, by its HTML name. */
  autocomplete?: string
  /** At most so many characters. */
  longest?: number
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
  /** The field that says which comes first; such records can be moved up and down in the list. */
  position?: string
  /** The field the list is sorted by, where it is neither the position nor the name. */
  orderBy?: string
  /** The field with the color of its dot in the list. */
  dot?: string
  mayRename?: boolean
  /** Tickets are sorted by it: they are counted, and may move to another one. One that `holds` them cannot be deleted. */
  counts?: { holds: boolean }
  fields: FormField[]
}
