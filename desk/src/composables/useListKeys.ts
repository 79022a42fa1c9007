import { nextTick, ref, watch, type Ref } from 'vue'
import { useShortcuts } from './useShortcuts'
import { __ } from '@/lib/translate'

/** Walk through a list with `j` and `k`, open with Enter; the result is the index of the marked row. */
export function useListKeys<T>(
  rows: Ref<T[]>,
  scroller: Readonly<Ref<HTMLElement | null>>,
  open: (row: T) => void,
): Ref<number> {
  const focused = ref(-1)
  watch(rows, (now) => (focused.value = Math.min(focused.value, now.length - 1)))

  async function move(step: number): Promise<void> {
    focused.value = Math.max(0, Math.min(rows.value.length - 1, focused.value + step))
    await nextTick()
    scroller.value?.querySelector('[data-focused]')?.scrollIntoView({ block: 'nearest' })
  }
  const group = __('Lists')
  useShortcuts({
    j: { label: __('Next row'), group, run: () => void move(1) },
    k: { label: __('Previous row'), group, run: () => void move(-1) },
    Enter: (event) => {
      const row = rows.value[focused.value]
      const isOnControl = event.target instanceof Element && event.target.closest('a, button')
      if (row && !isOnControl) open(row)
      else if (isOnControl instanceof HTMLElement) isOnControl.click()
    },
  })
  return focused
}
