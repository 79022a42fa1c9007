import { getDocument, insertDocument, saveDocument } from '@/api/documents'
import { useForm, type Values } from './useForm'
import type { RecordKind } from '@/types/form'

const OWN_TO_ONE = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx', '__onload'] // prettier-ignore

/** What a copy takes over from a record and its rows: everything but its name and what the server keeps about it. */
export function copyOf(record: Values, names: string[]): Values {
  const isOwn = (key: string) => OWN_TO_ONE.includes(key) || names.includes(key) || key.startsWith('parent') // prettier-ignore
  const kept = Object.entries(record).filter(([key]) => !isOwn(key))
  const copyRows = (value: unknown) => Array.isArray(value) ? value.map((row) => copyOf(row as Values, [])) : value // prettier-ignore
  return Object.fromEntries(kept.map(([key, value]) => [key, copyRows(value)]))
}

/** A record being made, copied or changed; it is saved whole, with its rows. */
export function useRecordForm(kind: RecordKind, name: string | null, source: string | null = null) {
  const { take, submit, ...form } = useForm(() => kind.fields)
  const isNew = name === null

  async function load(): Promise<void> {
    const names = kind.fields.filter(({ isName }) => isName).map((field) => field.name)
    if (name !== null) take(await getDocument<Values>(kind.doctype, name))
    else if (source === null) take({ ...kind.defaults })
    else take({ ...copyOf(await getDocument<Values>(kind.doctype, source), [...names, kind.toggle?.field ?? '']), ...kind.copyDefaults }) // prettier-ignore
  }
  /** Save; false when something is missing. What the server refuses is thrown. */
  async function save(): Promise<boolean> {
    const write = isNew ? insertDocument<Values> : saveDocument<Values>
    let saved: Values = {}
    const isDone = await submit(async (values) => (saved = await write(kind.doctype, values)))
    if (isDone) take(saved)
    return isDone
  }
  return { ...form, isNew, load, save }
}
