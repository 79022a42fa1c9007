import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useNow } from './useNow'
import { firstResponse, resolution } from '@/lib/sla'
import { useMasters } from '@/stores/masters'
import type { SlaFields } from '@/types/ticket'

/** What one clock of a ticket says now. A status that was just changed counts before its category has come back. */
export function useSlaState(
  ticket: MaybeRefOrGetter<Partial<SlaFields> & { status?: unknown }>,
  clock: MaybeRefOrGetter<'response' | 'resolution'>,
) {
  const now = useNow()
  const masters = useMasters()
  return computed(() => {
    const fields = toValue(ticket)
    const category = masters.statusByName.get(String(fields.status))?.category
    const read = toValue(clock) === 'response' ? firstResponse : resolution
    return read(
      { ...fields, status_category: category ?? fields.status_category },
      now.value as Date,
    )
  })
}
