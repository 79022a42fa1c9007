import { computed, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { listNeighbours } from '@/api/tickets'
import { showError } from '@/lib/notify'
import type { TicketId } from '@/types/ticket'

/** The ticket before and the one after, in the view one came from. */
export function useNeighbours(
  id: MaybeRefOrGetter<TicketId>,
  view: MaybeRefOrGetter<string | undefined>,
) {
  const names = shallowRef<string[]>([])
  const place = computed(() => names.value.indexOf(String(toValue(id))))
  const previous = computed(() => (place.value > 0 ? names.value[place.value - 1] : undefined))
  const next = computed(() => (place.value < 0 ? undefined : names.value[place.value + 1]))

  async function load(): Promise<void> {
    const found = await listNeighbours(toValue(id), toValue(view))
    names.value = found.map(String)
  }
  watch([() => String(toValue(id)), () => toValue(view)], () => void load().catch(showError), { immediate: true }) // prettier-ignore
  return { names, previous, next }
}
