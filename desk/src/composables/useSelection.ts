import { computed, ref, watch, type Ref } from 'vue'
import type { TicketId } from '@/types/ticket'

/** Which rows are ticked. Shift ticks everything between the last one and this one. */
export function useSelection(rows: Ref<{ name: TicketId }[]>) {
  const chosen = ref(new Set<string>())
  let anchor = -1
  /** How many match, when all of them are chosen; null as long as only rows of the page are ticked. */
  const matching = ref<number | null>(null)
  const names = computed(() =>
    rows.value.map(({ name }) => name).filter((name) => chosen.value.has(String(name))),
  )
  const count = computed(() => matching.value ?? names.value.length)
  const isAll = computed(() => rows.value.length > 0 && names.value.length === rows.value.length)
  const has = (name: TicketId) => chosen.value.has(String(name))

  function toggle(index: number, isRange: boolean): void {
    const row = rows.value[index]
    if (!row) return
    const next = new Set(chosen.value)
    const ticks = !next.has(String(row.name))
    const from = isRange && anchor >= 0 ? Math.min(anchor, index) : index
    const to = isRange && anchor >= 0 ? Math.max(anchor, index) : index
    for (const { name } of rows.value.slice(from, to + 1)) {
      if (ticks) next.add(String(name))
      else next.delete(String(name))
    }
    anchor = index
    matching.value = null
    chosen.value = next
  }
  function toggleAll(): void {
    matching.value = null
    chosen.value = new Set(isAll.value ? [] : rows.value.map(({ name }) => String(name)))
  }
  /** Choose all that match, of which the page shows only a part. */
  function chooseMatching(total: number): void {
    chosen.value = new Set(rows.value.map(({ name }) => String(name)))
    matching.value = total
  }
  function clear(): void {
    matching.value = null
    chosen.value = new Set()
    anchor = -1
  }
  /** Rows that are gone are no longer ticked. */
  watch(rows, (now) => {
    const there = new Set(now.map(({ name }) => String(name)))
    const kept = [...chosen.value].filter((name) => there.has(name))
    if (kept.length !== chosen.value.size) chosen.value = new Set(kept)
  })
  return { names, count, isAll, matching, has, toggle, toggleAll, chooseMatching, clear }
}

export type Selection = ReturnType<typeof useSelection>
