import { ref, shallowRef } from 'vue'
import { forEach, type Outcome } from '@/api/lists'
import type { TicketId } from '@/types/ticket'

/** Does something to many rows, one by one, and keeps what became of each. */
export function useBulk(finished: (outcomes: Outcome[]) => void) {
  const isBusy = ref(false)
  const done = ref(0)
  const failures = shallowRef<Outcome[]>([])

  async function run(names: TicketId[], work: (name: TicketId) => Promise<unknown>): Promise<void> {
    isBusy.value = true
    done.value = 0
    try {
      const outcomes = await forEach(names, work, (count) => (done.value = count))
      failures.value = outcomes.filter(({ error }) => error)
      finished(outcomes)
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, done, failures, run }
}
