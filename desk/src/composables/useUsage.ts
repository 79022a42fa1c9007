import { shallowRef } from 'vue'
import { getUsage } from '@/api/kinds'
import { showError } from '@/lib/notify'
import type { RecordKind } from '@/types/form'

/** How many tickets each record of a kind has, where they are sorted by it. */
export function useUsage(kind: RecordKind) {
  const usage = shallowRef<Record<string, number>>({})
  function count(): void {
    if (!kind.counts) return
    getUsage(kind.doctype)
      .then((found) => (usage.value = found))
      .catch(showError)
  }
  count()
  return { usage, count }
}
