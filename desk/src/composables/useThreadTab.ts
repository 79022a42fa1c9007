import { computed, toValue, type MaybeRefOrGetter, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useOwnStorage } from '@/lib/ownStorage'
import type { TimelineEntry } from '@/lib/timeline'

const TABS = ['activity', 'email', 'comment', 'call']
/** On phones the side panel is a tab too. */
export const DETAILS = 'details'

const isWritten = ({ kind }: TimelineEntry) => kind !== 'history' && kind !== 'view'

/** Which part of the conversation is shown – the address's hash – and which entry is to be found. */
export function useThreadTab(
  timeline: Ref<TimelineEntry[]>,
  hasDetails: MaybeRefOrGetter<boolean> = false,
) {
  const route = useRoute()
  const router = useRouter()
  const last = useOwnStorage('ticket-tab', 'activity')
  /** Whether only what people wrote and said is shown, without changes and views. */
  const hidesChanges = useOwnStorage('hides-changes', false)
  const tab = computed({
    get: () => {
      const named = route.hash.slice(1)
      if (TABS.includes(named)) return named
      if (named === DETAILS && toValue(hasDetails)) return named
      return highlight.value ? 'activity' : last.value
    },
    set: (name: string) => {
      if (name !== DETAILS) last.value = name // another ticket opens with its conversation
      void router.replace({ query: route.query, hash: `#${name}` })
    },
  })
  const highlight = computed(() =>
    typeof route.query.highlight === 'string' ? route.query.highlight : undefined,
  )
  const of = (kind: TimelineEntry['kind']) => timeline.value.filter((entry) => entry.kind === kind)
  const counts = computed(() => ({
    activity: timeline.value.length,
    email: of('mail').length,
    comment: of('comment').length,
    call: of('call').length,
  }))
  const shown = computed(() => {
    if (tab.value === 'email') return of('mail')
    if (tab.value === 'call') return of('call')
    if (tab.value === 'comment') return of('comment')
    return hidesChanges.value ? timeline.value.filter(isWritten) : timeline.value
  })
  /** The entry was found: the address need not name it any longer. */
  function forgetHighlight(): void {
    const query = { ...route.query }
    delete query.highlight
    void router.replace({ query, hash: route.hash })
  }
  return { tab, shown, counts, hidesChanges, highlight, forgetHighlight }
}
