import { computed, reactive, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useDebounceFn } from '@vueuse/core'
import * as api from '@/api/lists'
import { overlay, readConditions } from '@/lib/filters'
import { showError } from '@/lib/notify'
import { useOwnStorage } from '@/lib/ownStorage'
import { useViews } from '@/stores/views'
import type { Column, Condition, GroupBy, ListRow, SavedView } from '@/types/list'

export const PAGE = 20
/** More rows than these the server does not show at once. */
export const MOST_ROWS = 1000

export interface ListSetup {
  doctype: string
  isPortal?: boolean
  /** The name of the saved view in the address, if any. */
  view?: MaybeRefOrGetter<string | undefined>
  /** Conditions of the address, laid over those of the view. */
  filters?: MaybeRefOrGetter<string | undefined>
  orderBy?: string
}

export interface ListSettings {
  filters: Condition[]
  orderBy: string
  columns: Column[]
  groupBy: string | null
  /** Cards under their statuses instead of rows. */
  isBoard: boolean
}

const parsed = <T>(text: string | null): T[] => (text ? (JSON.parse(text) as T[]) : [])

/**
 * A list with everything people set on it: conditions, order, columns, groups. Without a named view each change is kept
 * in one's own default view; a named view changes only when somebody saves it.
 */
export function useListView(setup: ListSetup) {
  const views = useViews()
  const isPortal = setup.isPortal ?? false
  const blank = (): ListSettings => ({
    filters: [],
    orderBy: setup.orderBy ?? 'modified desc',
    columns: [],
    groupBy: null,
    isBoard: false,
  })
  const settings = reactive<ListSettings>(blank())
  const saved = ref('')
  const shownColumns = shallowRef<Column[]>([])
  const fields = shallowRef<api.ListAnswer['fields']>([])
  const rows = shallowRef<ListRow[]>([])
  const group = shallowRef<GroupBy | null>(null)
  /** How many there are; null until they are counted. */
  const total = ref<number | null>(0)
  const error = ref<unknown>(null)
  const isLoading = ref(true)
  const unseen = ref(0)
  const pageLength = useOwnStorage(`page-length:${setup.doctype}`, PAGE)
  const length = ref(pageLength.value)
  let running: AbortController | null = null

  const viewName = computed(() => toValue(setup.view) || undefined)
  const view = computed<SavedView | undefined>(() =>
    viewName.value ? views.find(viewName.value) : views.defaultOf(setup.doctype, isPortal),
  )
  const isChanged = computed(() => saved.value !== '' && JSON.stringify(settings) !== saved.value)
  const hasFilters = computed(() => settings.filters.length > 0)
  const isLonger = computed(() =>
    total.value === null ? rows.value.length >= length.value : rows.value.length < total.value,
  )
  const hasMore = computed(() => isLonger.value && rows.value.length < MOST_ROWS)
  /** There are more, but they are to be found by filters. */
  const isCut = computed(() => isLonger.value && !hasMore.value)

  /** Take what the view says; what was changed since is forgotten. */
  function applyView(): void {
    const from = view.value
    Object.assign(settings, blank())
    if (from) {
      settings.filters = readConditions(from.filters)
      settings.orderBy = from.order_by || settings.orderBy
      settings.columns = parsed<Column>(from.columns)
      settings.groupBy = from.type === 'group_by' ? from.group_by_field : null
      settings.isBoard = from.type === 'kanban'
    }
    saved.value = JSON.stringify(settings)
    const over = toValue(setup.filters)
    if (over) settings.filters = overlay(settings.filters, readConditions(over))
  }

  async function fetchRows(signal: AbortSignal): Promise<void> {
    const keys = settings.columns.map(({ key }) => key)
    const request = {
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
    const answer = await api.getList(request, signal)
    rows.value = answer.data
    total.value = answer.total_count ?? known(request.filters)
    shownColumns.value = answer.columns
    group.value = answer.group_by_field || null
    if (answer.fields.length) fields.value = answer.fields
    error.value = null
    unseen.value = 0
    if (answer.total_count === null) void count(request.filters, signal)
  }

  let counted = { filters: '', total: 0 }
  /** The number of a moment ago, as long as the same is counted. */
  const known = (filters: Condition[]) =>
    counted.filters === JSON.stringify(filters) ? counted.total : null
  /** Count behind the rows; a number that cannot be had leaves the list as it is. */
  async function count(filters: Condition[], signal: AbortSignal): Promise<void> {
    try {
      const found = await api.countList(setup.doctype, filters, { signal })
      if (signal.aborted) return
      counted = { filters: JSON.stringify(filters), total: found }
      total.value = found
    } catch (reason) {
      if (!signal.aborted) showError(reason)
    }
  }

  /** Fetch what is on the screen anew; rows stay visible meanwhile. */
  async function reload(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    isLoading.value = true
    try {
      await fetchRows(mine.signal)
    } catch (reason) {
      if (!mine.signal.aborted) error.value = reason
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  async function start(): Promise<void> {
    try {
      await views.load()
    } catch (reason) {
      showError(reason)
    }
    applyView()
    length.value = pageLength.value
    await reload()
  }

  function stored(): Partial<SavedView> {
    return {
      filters: JSON.stringify(settings.filters),
      order_by: settings.orderBy,
      columns: JSON.stringify(settings.columns.length ? settings.columns : shownColumns.value),
      rows: '[]',
      type: typeOf(settings),
      group_by_field: settings.groupBy ?? '',
    }
  }

  /** Keep the settings: in the named view, or silently in one's own default view. */
  async function save(): Promise<void> {
    const values = stored()
    const before = saved.value
    saved.value = JSON.stringify(settings)
    try {
      if (view.value) await views.change(view.value.name, values)
      else await views.create({ ...values, ...identity(setup.doctype, isPortal), is_default: 1 })
    } catch (reason) {
      saved.value = before
      throw reason
    }
  }
  const saveQuietly = useDebounceFn(() => {
    if (isChanged.value && !viewName.value && !toValue(setup.filters)) save().catch(showError)
  }, 300)

  const settingsChanged = useDebounceFn(() => {
    length.value = pageLength.value
    void reload()
    void saveQuietly()
  }, 150)
  watch(settings, () => isChanged.value && void settingsChanged())
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

  /** Everything the list would show if one went on loading. */
  const allMatching = () => api.listMatching(setup.doctype, settings.filters, settings.orderBy || 'modified desc', MOST_ROWS) // prettier-ignore

  /** Something changed on the server: refresh quietly at the top of the list, or offer it as "new". */
  const refreshSoon = useDebounceFn(reload, 300)
  function noteChange(isAtTop: boolean): void {
    if (isAtTop) void refreshSoon()
    else unseen.value += 1
  }

  return {
    doctype: setup.doctype, isPortal, settings, shownColumns, fields, rows, group, total, error, isLoading, unseen,
    pageLength, view, viewName, isChanged, hasFilters, hasMore, isCut, start, applyView, reload, loadMore, save, stored,
    setPageLength, noteChange, allMatching,
  } // prettier-ignore
}

export type ListView = ReturnType<typeof useListView>

/** Fields the cells need although no column shows them. */
function needed(doctype: string): string[] {
  if (doctype !== 'HD Ticket') return ['modified']
  return ['first_responded_on', 'resolution_date', 'response_by', 'resolution_by', 'status', '_seen'] // prettier-ignore
}

function typeOf(settings: ListSettings): SavedView['type'] {
  if (settings.isBoard) return 'kanban'
  return settings.groupBy ? 'group_by' : 'list'
}

/** What makes a new view belong to its list. */
export function identity(doctype: string, isPortal: boolean): Partial<SavedView> {
  const route = isPortal ? 'TicketsCustomer' : 'TicketsAgent'
  return {
    dt: doctype,
    label: 'Default',
    is_customer_portal: isPortal ? 1 : 0,
    route_name: doctype === 'HD Ticket' ? route : doctype,
  }
}
