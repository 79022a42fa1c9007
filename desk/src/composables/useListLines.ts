import { computed, ref, type Ref } from 'vue'
import { groupsOf, type RowGroup } from '@/lib/rowGroups'
import type { ListRow } from '@/types/list'
import type { ListView } from './useListView'
import { useWindowedRows } from './useWindowedRows'

/** A line of the table: the head of a group, or a row. All are equally high, so that only those near the screen are drawn. */
export type Line =
  { key: string; group: RowGroup; isFolded: boolean } | { key: string; row: ListRow }

/** The rows of a list under the heads of their groups, which may be folded. */
export function useListLines(
  list: Pick<ListView, 'rows' | 'group' | 'groupTotals'>,
  scroller: Readonly<Ref<HTMLElement | null>>,
  lineHeight: Ref<number>,
) {
  const folded = ref(new Set<string>())
  const lineOf = (row: ListRow): Line => ({ key: String(row.name), row })
  function linesOf(group: RowGroup): Line[] {
    const isFolded = folded.value.has(group.name)
    const head = { key: `group:${group.name}`, group, isFolded }
    return isFolded ? [head] : [head, ...group.rows.map(lineOf)]
  }
  const all = computed<Line[]>(() => {
    const by = list.group.value
    const rows = list.rows.value
    return by ? groupsOf(rows, by, list.groupTotals.value).flatMap(linesOf) : rows.map(lineOf)
  })
  const count = computed(() => all.value.length)
  const { range, before, after } = useWindowedRows(scroller, count, lineHeight)
  const lines = computed(() => all.value.slice(range.value.from, range.value.to))
  /** The rows that can be seen, in the order they are read. */
  const rows = computed(() => all.value.flatMap((line) => ('row' in line ? [line.row] : [])))

  function toggle(name: string): void {
    const next = new Set(folded.value)
    if (!next.delete(name)) next.add(name)
    folded.value = next
  }
  /** Bring a row to where it is drawn, also when it is far away. */
  function reveal(row: ListRow): void {
    const at = all.value.findIndex(({ key }) => key === String(row.name))
    const { from, to } = range.value
    if (at < from || at >= to) scroller.value?.scrollTo({ top: at * lineHeight.value })
  }
  return { lines, rows, before, after, toggle, reveal }
}
