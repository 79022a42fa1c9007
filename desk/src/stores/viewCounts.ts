import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { useThrottleFn } from '@vueuse/core'
import { countList } from '@/api/lists'
import { readConditions } from '@/lib/filters'
import type { SavedView } from '@/types/list'

const EVERY_MS = 30_000
/** More than fit into a badge need not be counted. */
const MOST = 1000

/** How many records each view of the sidebar holds; asked again at most every half minute. */
export const useViewCounts = defineStore('viewCounts', () => {
  const counts = shallowRef<Record<string, number>>({})

  /** A view that cannot be counted shows no number; opening it tells why. */
  async function count(view: SavedView): Promise<[string, number] | null> {
    try {
      return [view.name, await countList(view.dt, readConditions(view.filters), { atMost: MOST })]
    } catch {
      return null
    }
  }
  async function load(views: SavedView[]): Promise<void> {
    const found = await Promise.all(views.map(count))
    counts.value = Object.fromEntries(found.filter((entry) => entry !== null))
  }
  const refresh = useThrottleFn(load, EVERY_MS, true)
  const badge = (name: string) => {
    const number = counts.value[name]
    if (!number) return ''
    return number >= MOST ? `${MOST - 1}+` : String(number)
  }
  return { counts, load, refresh, badge }
})
