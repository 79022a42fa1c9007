import { nextTick, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { tryOnScopeDispose } from '@vueuse/core'
import { GAP } from '@/lib/variables'

const NAME = 'gap'

/** Names that nothing was put in place of are painted in `frame`, without becoming part of what is written. */
export function useGapHighlight(
  frame: MaybeRefOrGetter<HTMLElement | null>,
  text: MaybeRefOrGetter<string>,
): void {
  if (typeof Highlight === 'undefined') return // where a browser cannot, the sentence below the text names them

  function paint(): void {
    const root = toValue(frame)
    const ranges = root && toValue(text).includes('{{') ? textsOf(root).flatMap(rangesIn) : []
    if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges))
    else CSS.highlights.delete(NAME)
  }
  watch([() => toValue(frame), () => toValue(text)], () => void nextTick(paint), { immediate: true }) // prettier-ignore
  tryOnScopeDispose(() => CSS.highlights.delete(NAME))
}

function textsOf(root: Node): Node[] {
  return [...root.childNodes].flatMap((node) => node.nodeType === Node.TEXT_NODE ? [node] : textsOf(node)) // prettier-ignore
}
function rangesIn(node: Node): Range[] {
  return Array.from((node.textContent ?? '').matchAll(GAP), ({ index, 0: found }) => {
    const range = document.createRange()
    range.setStart(node, index)
    range.setEnd(node, index + found.length)
    return range
  })
}
