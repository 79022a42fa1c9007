import { computed, ref, shallowRef, watch } from 'vue'
import { useDebounceFn } from '@vueuse/core'
import { useRouter } from 'vue-router'
import LucideArrowRight from '~icons/lucide/arrow-right'
import LucideSearch from '~icons/lucide/search'
import LucideSettings from '~icons/lucide/settings'
import LucideTicket from '~icons/lucide/ticket'
import { search, type SearchHit } from '@/api/search'
import { ServerError } from '@/api/request'
import { viewIcon } from '@/lib/icons'
import { showError } from '@/lib/notify'
import { numberNamedIn, referenceOf } from '@/lib/reference'
import { ticketOf } from '@/lib/searchHits'
import { findTabs, mayOpen, TABS } from '@/lib/settingsTabs'
import { __ } from '@/lib/translate'
import { viewLabel, viewRoute } from '@/lib/views'
import { useAi } from '@/stores/ai'
import { useLayout, type Command } from '@/stores/layout'
import { useSession } from '@/stores/session'
import { useViews } from '@/stores/views'

/** Pages, actions, views and tickets for what somebody typed. */
export function usePalette() {
  const text = ref('')
  const hits = shallowRef<SearchHit[]>([])
  const router = useRouter()
  const layout = useLayout()
  const views = useViews()
  const session = useSession()
  const ai = useAi()
  let running: AbortController | null = null

  const go = (label: string, to: string): Command => ({
    label,
    group: __('Go to'),
    icon: LucideArrowRight,
    run: () => void router.push(to),
  })
  const pages = computed<Command[]>(() => [
    go(__('Home'), '/home'),
    go(__('Dashboard'), '/dashboard'),
    go(__('Tickets'), '/tickets'),
    go(__('Knowledge base'), '/kb'),
    go(__('Customers'), '/customers'),
    go(__('Contacts'), '/contacts'),
    go(__('Reports'), '/reports'),
    { ...go(__('New ticket'), '/tickets/new'), keys: 'n' },
    ...(ai.isOn ? [go(__('Create a ticket from text…'), '/tickets/new?from=text')] : []),
    { ...go(__('Settings'), ''), keys: 'mod+,', run: () => layout.openSettings() },
    { ...go(__('Sign out'), ''), run: () => void session.leave() },
  ])
  const viewCommands = computed<Command[]>(() =>
    views.named.map((view) => ({
      label: viewLabel(view),
      group: __('Views'),
      icon: viewIcon(view.icon),
      run: () => void router.push(viewRoute(view)),
    })),
  )

  /** The tabs of the settings, by the words people look for. */
  function settingsOf(wanted: string): Command[] {
    if (wanted.length < 3) return []
    const mine = TABS.filter((tab) => mayOpen(tab, session.user ?? {}))
    return findTabs(mine, wanted).map(({ name, label }) => ({
      label: __('Settings: {0}', label),
      group: __('Settings'),
      icon: LucideSettings,
      run: () => layout.openSettings(name),
    }))
  }

  /** `#12`, `12`, `TKT-0012`, and whatever the index finds. */
  const tickets = computed<Command[]>(() => {
    const number = numberNamedIn(text.value)
    const open = (id: string | number, label: string): Command => ({
      label,
      group: __('Tickets'),
      icon: LucideTicket,
      run: () => void router.push(`/tickets/${id}`),
    })
    const found = hits.value.flatMap((hit) => {
      const id = ticketOf(hit)
      return id ? [open(id, `${referenceOf(id)} ${hit.title}`)] : []
    })
    const unique = [...new Map(found.map((command) => [command.label, command])).values()]
    return number ? [open(number, __('Open ticket {0}', referenceOf(number))), ...unique] : unique
  })

  const everywhere = computed<Command[]>(() => {
    const query = text.value.trim()
    if (query.length < 3) return []
    return [
      {
        label: __('Search for “{0}”', query),
        group: __('Search'),
        icon: LucideSearch,
        run: () => void router.push({ path: '/search', query: { q: query } }),
      },
    ]
  })

  const items = computed<Command[]>(() => {
    const wanted = text.value.trim().toLowerCase()
    const fixed = [...layout.commands, ...pages.value, ...viewCommands.value]
    const matching = fixed.filter(({ label }) => label.toLowerCase().includes(wanted))
    return [...tickets.value.slice(0, 8), ...matching, ...settingsOf(wanted), ...everywhere.value]
  })

  async function find(query: string): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    try {
      hits.value = (await search(query, {}, 8, mine.signal)).results
    } catch (error) {
      if (!mine.signal.aborted && !(error instanceof ServerError)) showError(error)
    }
  }
  const findSoon = useDebounceFn(find, 250)
  watch(text, (now) => {
    const query = now.trim()
    if (query.length >= 3) void findSoon(query)
    else hits.value = []
  })

  return { text, items }
}
