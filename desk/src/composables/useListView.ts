import { computed, ref, shallowRef, toValue, watch } from 'vue'
import { useDebounceFn } from '@vueuse/core'
import type { ListRequest } from '@/api/lists'
import { showError } from '@/lib/notify'
import { useOwnStorage } from '@/lib/ownStorage'
import { useViews } from '@/stores/views'
import type { Column } from '@/types/list'
import { useListRows } from './useListRows'
import { useListSettings, type ListSetup } from './useListSettings'

export const PAGE = 20
/** More rows than these the server does not show at once. */
export const MOST_ROWS = 1000

/**
 * A list with everything people set on it: conditions, order, columns, groups. Without a named view each change is kept
 * in one's own default view; a named view changes only when somebody saves it.
 */
export function useListView(setup: ListSetup) {
  const isPortal = setup.isPortal ?? false
  const shownColumns = shallowRef<Column[]>([])
  const kept = useListSettings(setup, shownColumns)
  const { settings, viewName } = kept
  const pageLength = useOwnStorage(`page-length:${setup.doctype}`, PAGE)
  const length = ref(pageLength.value)
  const listed = useListRows(request, shownColumns)
  const { rows, total } = listed

  const isLonger = computed(() =>
    total.value === null ? rows.value.length >= length.value : rows.value.length < total.value,
  )
  const hasMore = computed(() => isLonger.value && rows.value.length < MOST_ROWS)
  /** There are more, but they are to be found by filters. */
  const isCut = computed(() => isLonger.value && !hasMore.value)

  function request(): ListRequest {
    const keys = settings.columns.map(({ key }) => key)
    return {
      doctype: setup.doctype,
      isPortal,
      filters: settings.filters,
      orderBy: settings.orderBy || 'modified desc',
      pageLength: length.value,
      columns: settings.columns,
      rows: keys.length ? ['name', ...needed(setup.doctype), ...keys] : [],
      groupBy: settings.groupBy,
      countsLater: true,
    }
  }
  async function start(): Promise<void> {
    await useViews().load().catch(showError)
    kept.applyView()
    length.value = pageLength.value
    await reload()
  }
  /** What the rows on the screen answer; names and widths of columns are no question to the server. */
  const question = () => JSON.stringify({ ...request(), columns: settings.columns.map(({ key }) => key), pageLength: 0 }) // prettier-ignore
  let asked = ''
  function reload(): Promise<void> {
    asked = question()
    return listed.reload()
  }
  watch(settings, () => {
    void kept.saveQuietly()
    if (question() === asked) return
    length.value = pageLength.value
    void reload()
  })
  watch([viewName, () => toValue(setup.filters)], () => void start())

  function loadMore(): Promise<void> {
    length.value += pageLength.value
    return reload()
  }
  function setPageLength(next: number): void {
    pageLength.value = next
    length.value = next
    void reload()
  }
  /** Something changed on the server; rows that somebody holds on to are not moved. */
  const noteChange = useDebounceFn(async (isHeld: () => boolean = () => false) => {
    if (asked) await listed.refresh(isHeld)
  }, 300, { maxWait: 2000 }) // prettier-ignore

  return {
    doctype: setup.doctype, isPortal, ...kept, ...listed, reload, shownColumns, pageLength, hasMore, isCut,
    start, loadMore, setPageLength, noteChange,
  } // prettier-ignore
}

export type ListView = ReturnType<typeof useListView>

/** Fields the cells need although no column shows them. */
function needed(doctype: string): string[] {
  if (doctype !== 'HD Ticket') return ['modified']
  return ['first_responded_on', 'resolution_date', 'response_by', 'resolution_by', 'status', '_seen'] // prettier-ignore
}
