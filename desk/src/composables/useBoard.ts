import { computed, shallowRef, watch } from 'vue'
import { changeRow, getList } from '@/api/lists'
import { showError } from '@/lib/notify'
import { useMasters } from '@/stores/masters'
import type { ListRow } from '@/types/list'
import type { ListView } from './useListView'

/** Cards a column begins with, and gets more of at a time. */
export const CARDS = 20
const FIELDS = ['name', 'subject', 'status', 'priority', 'customer', '_assign', 'modified', '_seen', 'response_by', 'resolution_by', 'first_responded_on', 'resolution_date'] // prettier-ignore

export interface BoardColumn {
  status: string
  rows: ListRow[]
  total: number
}

/**
 * The tickets of a list in one column per status. Each column is fetched by itself, so that a hundred thousand tickets
 * cost no more than the cards on the screen. A moved card moves at once and goes back when the server refuses.
 */
export function useBoard(list: ListView) {
  const masters = useMasters()
  const columns = shallowRef<BoardColumn[]>([])
  const isLoading = shallowRef(true)
  const statuses = computed(() => masters.statuses.map(({ name }) => name))
  let round = 0

  async function fetchColumn(status: string, length: number): Promise<BoardColumn> {
    const answer = await getList({
      doctype: list.doctype,
      filters: [...list.settings.filters, ['status', '=', status]],
      orderBy: list.settings.orderBy || 'modified desc',
      pageLength: length,
      columns: [],
      rows: FIELDS,
    })
    return { status, rows: answer.data, total: answer.total_count ?? answer.data.length }
  }
  const shownOf = (status: string) =>
    columns.value.find((column) => column.status === status)?.rows.length ?? 0

  async function reload(): Promise<void> {
    const mine = ++round
    try {
      const found = await Promise.all(
        statuses.value.map((status) => fetchColumn(status, Math.max(CARDS, shownOf(status)))),
      )
      if (mine === round) columns.value = found
    } catch (error) {
      if (mine === round) showError(error)
    } finally {
      if (mine === round) isLoading.value = false
    }
  }
  async function loadMore(status: string): Promise<void> {
    try {
      const grown = await fetchColumn(status, shownOf(status) + CARDS)
      columns.value = columns.value.map((column) => (column.status === status ? grown : column))
    } catch (error) {
      showError(error)
    }
  }

  function place(row: ListRow, to: string): void {
    columns.value = columns.value.map((column) => {
      const has = column.rows.some(({ name }) => name === row.name)
      if (column.status === to)
        return has ? column : { ...column, rows: [{ ...row, status: to }, ...column.rows], total: column.total + 1 } // prettier-ignore
      if (!has) return column
      const rows = column.rows.filter(({ name }) => name !== row.name)
      return { ...column, rows, total: column.total - 1 }
    })
  }
  /** Give a ticket another status; the answer tells whether it stayed there. */
  async function move(row: ListRow, to: string): Promise<boolean> {
    const from = columns.value.find(({ rows }) => rows.some(({ name }) => name === row.name))
    if (!from || from.status === to) return false
    const before = columns.value
    round += 1
    place(row, to)
    try {
      await changeRow(list.doctype, row.name, { status: to })
      return true
    } catch (error) {
      columns.value = before
      showError(error)
      return false
    }
  }
  /** The column beside that of a card; null at the edge. */
  function beside(row: ListRow, step: number): string | null {
    const at = statuses.value.indexOf(
      columns.value.find(({ rows }) => rows.some(({ name }) => name === row.name))?.status ?? '',
    )
    return at < 0 ? null : (statuses.value[at + step] ?? null)
  }

  watch([list.rows, statuses], () => statuses.value.length && void reload(), { immediate: true })
  return { columns, isLoading, reload, loadMore, move, beside }
}
