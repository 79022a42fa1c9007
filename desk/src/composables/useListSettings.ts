import { computed, reactive, ref, toValue, type MaybeRefOrGetter, type Ref } from 'vue'
import { useDebounceFn } from '@vueuse/core'
import { overlay, readConditions } from '@/lib/filters'
import { showError } from '@/lib/notify'
import { useViews } from '@/stores/views'
import type { Column, Condition, SavedView } from '@/types/list'

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

function settingsOf(view: SavedView | undefined, orderBy = 'modified desc'): ListSettings {
  return {
    filters: readConditions(view?.filters),
    orderBy: view?.order_by || orderBy,
    columns: parsed<Column>(view?.columns ?? null),
    groupBy: view?.type === 'group_by' ? view.group_by_field : null,
    isBoard: view?.type === 'kanban',
  }
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

/**
 * What people set on a list, and the view it is kept in: one's own default view without a word, a named view only when
 * somebody saves it, and nothing while the address asks for something else.
 */
export function useListSettings(setup: ListSetup, shownColumns: Readonly<Ref<Column[]>>) {
  const views = useViews()
  const isPortal = setup.isPortal ?? false
  const settings = reactive<ListSettings>(settingsOf(undefined, setup.orderBy))
  const saved = ref('')
  const viewName = computed(() => toValue(setup.view) || undefined)
  const view = computed<SavedView | undefined>(() =>
    viewName.value ? views.find(viewName.value) : views.defaultOf(setup.doctype, isPortal),
  )
  const isChanged = computed(() => saved.value !== '' && JSON.stringify(settings) !== saved.value)
  const hasFilters = computed(() => settings.filters.length > 0)

  /** What somebody set while the first view was still on its way. */
  function setEarly(): Partial<ListSettings> {
    const untouched: object = settingsOf(undefined, setup.orderBy)
    const isSet = ([key, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(untouched[key as never]) // prettier-ignore
    return saved.value ? {} : Object.fromEntries(Object.entries(settings).filter(isSet))
  }
  /** Take what the view says; what was changed since is forgotten. */
  function applyView(): void {
    const early = setEarly()
    Object.assign(settings, settingsOf(view.value, setup.orderBy))
    saved.value = JSON.stringify(settings)
    Object.assign(settings, early)
    const over = toValue(setup.filters)
    if (!over) return
    // Who follows a figure to its tickets wants exactly those, not the ones left by the filters of yesterday.
    const base = viewName.value ? settings.filters : []
    settings.filters = overlay(base, readConditions(over))
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
  /** Keep the settings: in the named view, or in one's own default view. */
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

  return { settings, viewName, view, isChanged, hasFilters, applyView, stored, save, saveQuietly }
}
