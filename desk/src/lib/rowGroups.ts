/** Rows under the values they are grouped by. Pure. */
import { grouped } from './groups'
import { shippedNameIn } from './shippedNames'
import { __ } from './translate'
import type { GroupBy, ListRow } from '@/types/list'

export interface RowGroup {
  name: string
  label: string
  rows: ListRow[]
  /** How many it has, also those that are not loaded yet. */
  total: number
}

/** Numbers of rows by the value they are grouped by. */
export type GroupTotals = Record<string, number>

/** The groups that have rows, in the order the server gives; values it does not name come last. */
export function groupsOf(rows: ListRow[], by: GroupBy, totals: GroupTotals = {}): RowGroup[] {
  const rowsOf = new Map(grouped(rows, (row) => String(row[by.name] ?? '')))
  const named = by.options.map((option) =>
    typeof option === 'string' ? { label: option, value: option } : option,
  )
  const known = new Set(named.map(({ value }) => String(value ?? '')))
  for (const name of rowsOf.keys()) if (!known.has(name)) named.push({ label: name, value: name })
  return named.flatMap(({ label, value }) => {
    const name = String(value ?? '')
    const members = rowsOf.get(name)
    const total = Math.max(totals[name] ?? 0, members?.length ?? 0)
    return members ? [{ name, label: shippedNameIn(by.name, label) || __('Empty'), rows: members, total }] : []
  }) // prettier-ignore
}

/** The rows in the order they are read under their groups. */
export const inGroups = (rows: ListRow[], by: GroupBy | null): ListRow[] =>
  by ? groupsOf(rows, by).flatMap((group) => group.rows) : rows
