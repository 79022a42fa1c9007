import { ref, shallowRef, type Ref } from 'vue'
import * as api from '@/api/lists'
import { showError } from '@/lib/notify'
import { inGroups, type GroupTotals } from '@/lib/rowGroups'
import type { Column, Condition, GroupBy, ListRow } from '@/types/list'
import { useRowChanges } from './useRowChanges'

/** The rows of a list and what comes with them: columns, fields, groups, and their number, which may come later. */
export function useListRows(ask: () => api.ListRequest, shownColumns: Ref<Column[]>) {
  const { loaded, rows, show } = useRowChanges()
  const fields = shallowRef<api.ListAnswer['fields']>([])
  const group = shallowRef<GroupBy | null>(null)
  const groupTotals = shallowRef<GroupTotals>({})
  /** How many there are; null until they are counted. */
  const total = ref<number | null>(0)
  const error = ref<unknown>(null)
  const isLoading = ref(true)
  /** Rows that came or went since, and are not shown so as not to move the others. */
  const unseen = ref(0)
  let running: AbortController | null = null
  let counted = { filters: '', total: 0 }

  /** The number of a moment ago, as long as the same is counted. */
  const known = (filters: Condition[]) =>
    counted.filters === JSON.stringify(filters) ? counted.total : null
  /** Count behind the rows; a number that cannot be had leaves the list as it is. */
  async function count({ doctype, filters }: api.ListRequest, signal: AbortSignal): Promise<void> {
    try {
      const found = await api.countList(doctype, filters, { signal })
      if (signal.aborted) return
      counted = { filters: JSON.stringify(filters), total: found }
      total.value = found
    } catch (reason) {
      if (!signal.aborted) showError(reason)
    }
  }

  /** Count the groups behind the rows; until then each has as many as are loaded. */
  async function countGroups(
    { doctype, filters, groupBy }: api.ListRequest,
    signal: AbortSignal,
  ): Promise<void> {
    if (!groupBy) return
    try {
      const found = await api.countGroups(doctype, groupBy, filters, signal)
      if (!signal.aborted) groupTotals.value = found
    } catch (reason) {
      if (!signal.aborted) showError(reason)
    }
  }

  async function fetchRows(signal: AbortSignal, place: (found: ListRow[]) => void): Promise<void> {
    const request = ask()
    const answer = await api.getList(request, signal)
    if (group.value?.name !== request.groupBy) groupTotals.value = {}
    group.value = answer.group_by_field || null
    place(inGroups(answer.data, group.value))
    total.value = answer.total_count ?? known(request.filters)
    shownColumns.value = answer.columns
    if (answer.fields.length) fields.value = answer.fields
    error.value = null
    if (answer.total_count === null) void count(request, signal)
    void countGroups(request, signal)
  }
  function showAll(found: ListRow[]): void {
    loaded.value = found
    unseen.value = 0
  }
  /** Rows on the screen stay where they are and get their new values; those that came or went are counted. */
  function showInPlace(found: ListRow[]): void {
    const fresh = new Map(found.map((row) => [String(row.name), row]))
    const stay = loaded.value.filter(({ name }) => fresh.has(String(name)))
    const moved = found.length - stay.length + (loaded.value.length - stay.length)
    const isSameOrder = !moved && stay.every(({ name }, at) => name === found[at]?.name)
    loaded.value = loaded.value.map((row) => fresh.get(String(row.name)) ?? row)
    unseen.value = isSameOrder ? 0 : Math.max(1, moved)
  }

  /** Fetch what is on the screen anew; rows stay visible meanwhile. */
  async function reload(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    isLoading.value = true
    try {
      await fetchRows(mine.signal, showAll)
    } catch (reason) {
      if (!mine.signal.aborted) error.value = reason
    } finally {
      if (running === mine) isLoading.value = false
    }
  }
  /** Something changed on the server: show it, but move nothing that somebody holds on to. */
  async function refresh(isHeld: () => boolean): Promise<void> {
    if (isLoading.value) return reload()
    running?.abort()
    const mine = (running = new AbortController())
    try {
      await fetchRows(mine.signal, (found) => (isHeld() ? showInPlace : showAll)(found))
    } catch (reason) {
      if (!mine.signal.aborted) showError(reason)
    }
  }

  return { rows, fields, group, groupTotals, total, error, isLoading, unseen, reload, refresh, show } // prettier-ignore
}
