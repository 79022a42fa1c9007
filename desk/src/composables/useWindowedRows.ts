import { computed, type Ref } from 'vue'
import { useElementSize, useScroll } from '@vueuse/core'

/** From so many rows on, only those near the screen are drawn. */
export const WINDOW_FROM = 120
const MARGIN = 15

/** Which rows of a long list to draw, and how much room the others take. */
export function useWindowedRows(
  scroller: Readonly<Ref<HTMLElement | null>>,
  count: Ref<number>,
  rowHeight: Ref<number>,
) {
  const { y } = useScroll(scroller)
  const { height } = useElementSize(scroller)
  const range = computed(() => {
    if (count.value < WINDOW_FROM) return { from: 0, to: count.value }
    const first = Math.floor(y.value / rowHeight.value) - MARGIN
    const visible = Math.ceil((height.value || 800) / rowHeight.value)
    return { from: Math.max(0, first), to: Math.min(count.value, first + visible + 2 * MARGIN) }
  })
  const before = computed(() => range.value.from * rowHeight.value)
  const after = computed(() => (count.value - range.value.to) * rowHeight.value)
  return { range, before, after, y }
}
