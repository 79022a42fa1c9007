/** Rows under the values they are grouped by. Pure. */
import { grouped } from './groups'
import { __ } from './translate'
import type { GroupBy, ListRow } from '@/types/list'

export interface RowGroup {
  name: string
  label: string
  rows: ListRow[]
}

/** The groups that have rows, in the order the server gives; values it does not name come last. */
export function groupsOf(rows: ListRow[], by: GroupBy): RowGroup[] {
  const rowsOf = new Map(grouped(rows, (row) => String(row[by.name] ?? '')))
  const named = by.options.map((option) =>
    typeof option === 'string' ? { label: option, value: option } : option,
  )
  const known = new Set(named.map(({ value }) => String(value ?? '')))
  for (const name of rowsOf.keys()) if (!known.has(name)) named.push({ label: name, value: name })
  return named.flatMap(({ label, value }) => {
    const members = rowsOf.get(String(value ?? ''))
    return members ? [{ name: String(value ?? ''), label: label || __('Empty'), rows: members }] : []
  }) // prettier-ignore
}

/** The rows in the order they are read under their groups. */
export const inGroups = (rows: ListRow[], by: GroupBy | null): ListRow[] =>
  by ? groupsOf(rows, by).flatMap((group) => group.rows) : rows
