import { ref, shallowRef } from 'vue'
import { forEach, type Outcome } from '@/api/lists'
import type { Change } from './useRowChanges'
import type { ListView } from './useListView'
import type { TicketId } from '@/types/ticket'

/** Something to do with each of many rows, and what they look like as soon as it has begun. */
export interface BulkWork {
  change: Change
  work: (name: TicketId) => Promise<unknown>
}

/** The same, with the name and the values by which the server does it to hundreds. */
export interface BulkAction extends BulkWork {
  action: string
  values?: object
}

/** Does something to many rows, one by one. All show it at once; those that refuse go back, and it is told why. */
export function useBulk(list: Pick<ListView, 'show'>, finished: (outcomes: Outcome[]) => void) {
  const isBusy = ref(false)
  const done = ref(0)
  const total = ref(0)
  const failures = shallowRef<Outcome[]>([])

  async function run(names: TicketId[], { change, work }: BulkWork): Promise<void> {
    isBusy.value = true
    done.value = 0
    total.value = names.length
    const settle = list.show(names, change)
    try {
      const outcomes = await forEach(names, work, (outcome, count) => {
        settle(outcome.name, !outcome.error)
        done.value = count
      })
      failures.value = outcomes.filter(({ error }) => error)
      finished(outcomes)
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, done, total, failures, run }
}
