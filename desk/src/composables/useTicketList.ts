import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { useDebounceFn } from '@vueuse/core'
import { listTickets, type Filter } from '@/api/tickets'
import type { TicketRow } from '@/types/ticket'

export interface ListFilters {
  search: string
  status: string
  priority: string
  team: string
  assignee: string
}

export const PAGE = 20

/** What the filter row means to the server. `open` stands for every status that still wants work. */
export function toServerFilters(filters: ListFilters): Filter[] {
  const list: Filter[] = []
  if (filters.status === 'open') list.push(['status_category', '!=', 'Resolved'])
  else if (filters.status) list.push(['status', '=', filters.status])
  if (filters.priority) list.push(['priority', '=', filters.priority])
  if (filters.team) list.push(['agent_group', '=', filters.team])
  if (filters.assignee === 'none') list.push(['_assign', 'is', 'not set'])
  else if (filters.assignee) list.push(['_assign', 'like', `%${filters.assignee}%`])
  const search = filters.search.trim()
  if (/^#?\d+$/.test(search)) list.push(['name', '=', search.replace('#', '')])
  else if (search) list.push(['subject', 'like', `%${search}%`])
  return list
}

/** The ticket list: filters, order, growing pages, and the states it can be in. */
export function useTicketList(initial: Partial<ListFilters> = {}) {
  const filters = reactive<ListFilters>({
    search: '',
    status: '',
    priority: '',
    team: '',
    assignee: '',
    ...initial,
  })
  const orderBy = ref('modified desc')
  const length = ref(PAGE)
  const rows = shallowRef<TicketRow[]>([])
  const total = ref(0)
  const error = ref<unknown>(null)
  const isLoading = ref(true)
  const unseen = ref(0)
  const hasFilters = computed(() => toServerFilters(filters).length > 0)
  const hasMore = computed(() => rows.value.length < total.value)
  let running: AbortController | null = null

  /** Fetch what is on the screen anew; rows stay visible meanwhile. */
  async function reload(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    isLoading.value = true
    try {
      const query = {
        filters: toServerFilters(filters),
        orderBy: orderBy.value,
        pageLength: length.value,
      }
      const page = await listTickets(query, mine.signal)
      rows.value = page.rows
      total.value = page.total
      error.value = null
      unseen.value = 0
    } catch (reason) {
      if (!mine.signal.aborted) error.value = reason
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  function loadMore(): Promise<void> {
    length.value += PAGE
    return reload()
  }

  function clearFilters(): void {
    Object.assign(filters, { search: '', status: '', priority: '', team: '', assignee: '' })
  }

  /** Something changed on the server: refresh quietly at the top of the list, or offer it as "new". */
  const refreshSoon = useDebounceFn(reload, 300)
  function noteChange(isAtTop: boolean): void {
    if (isAtTop) void refreshSoon()
    else unseen.value += 1
  }

  const filtersChanged = useDebounceFn(() => {
    length.value = PAGE
    void reload()
  }, 250)
  watch([filters, orderBy], filtersChanged)

  return {
    filters, orderBy, rows, total, error, isLoading, unseen, hasFilters, hasMore,
    reload, loadMore, clearFilters, noteChange,
  } // prettier-ignore
}
