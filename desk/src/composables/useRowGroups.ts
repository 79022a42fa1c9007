import { computed, ref } from 'vue'
import { grouped } from '@/lib/groups'
import { __ } from '@/lib/translate'
import type { ListRow } from '@/types/list'
import type { ListView } from './useListView'

export interface RowGroup {
  name: string
  label: string
  rows: ListRow[]
}

/** The rows of a list under the values they are grouped by, in the order the server gives; each may be folded. */
export function useRowGroups(list: ListView) {
  const folded = ref(new Set<string>())
  const groups = computed<RowGroup[]>(() => {
    const by = list.group.value
    if (!by) return []
    const rowsOf = new Map(grouped(list.rows.value, (row) => String(row[by.name] ?? '')))
    const named = by.options.map((option) =>
      typeof option === 'string' ? { label: option, value: option } : option,
    )
    const known = new Set(named.map(({ value }) => String(value ?? '')))
    for (const name of rowsOf.keys()) if (!known.has(name)) named.push({ label: name, value: name })
    return named.flatMap(({ label, value }) => {
      const rows = rowsOf.get(String(value ?? ''))
      return rows ? [{ name: String(value ?? ''), label: label || __('Empty'), rows }] : []
    })
  })
  function toggle(name: string): void {
    const next = new Set(folded.value)
    if (!next.delete(name)) next.add(name)
    folded.value = next
  }
  return { groups, folded, toggle }
}
