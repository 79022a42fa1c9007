import { nextTick, ref, watch, type Ref } from 'vue'
import { useShortcuts, type Shortcuts } from './useShortcuts'
import { __ } from '@/lib/translate'
import type { ListRow } from '@/types/list'

type Name = ListRow['name']
export interface RowActions {
  open: (row: ListRow) => void
  /** Called before a row is scrolled to, in case it is not drawn. */
  reveal?: (row: ListRow) => void
  /** More that may be done with the marked row, by key. */
  more?: Record<string, { label: string; run: (row: ListRow) => void }>
}

/** Walk through a list with `j` and `k`, open with Enter; the result is the name of the marked row. */
export function useListKeys(
  rows: Readonly<Ref<ListRow[]>>,
  scroller: Readonly<Ref<HTMLElement | null>>,
  { open, reveal, more = {} }: RowActions,
): Ref<Name | null> {
  const marked = ref<Name | null>(null)
  const indexOf = (all: ListRow[]) => all.findIndex(({ name }) => name === marked.value)
  // The mark stays with its row; when the row is gone, it goes to the one that took its place.
  watch(rows, (now, before) => {
    if (marked.value === null || indexOf(now) >= 0) return
    marked.value = now[Math.min(indexOf(before), now.length - 1)]?.name ?? null
  })

  async function move(step: number): Promise<void> {
    const last = rows.value.length - 1
    const row = rows.value[Math.max(0, Math.min(last, indexOf(rows.value) + step))]
    if (!row) return
    marked.value = row.name
    reveal?.(row)
    await nextTick()
    scroller.value?.querySelector('[data-marked]')?.scrollIntoView({ block: 'nearest' })
  }
  const withMarked = (work: (row: ListRow) => void) => {
    const row = rows.value[indexOf(rows.value)]
    if (row) work(row)
  }
  const group = __('Lists')
  const shortcuts: Shortcuts = {
    j: { label: __('Next row'), group, run: () => void move(1) },
    k: { label: __('Previous row'), group, run: () => void move(-1) },
    Enter: (event) => {
      const isOnControl = event.target instanceof Element && event.target.closest('a, button')
      if (isOnControl instanceof HTMLElement) isOnControl.click()
      else withMarked(open)
    },
  }
  for (const [key, { label, run }] of Object.entries(more))
    shortcuts[key] = { label, group, run: () => withMarked(run) }
  useShortcuts(shortcuts)
  return marked
}
