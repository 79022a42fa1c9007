import { computed, reactive, readonly, ref } from 'vue'
import { matchingVariables, openBraces, type OpenBraces } from '@/lib/variables'
import type { Variable } from '@/types/form'

type Put = (braces: OpenBraces, text: string) => void

/** Offers names while somebody types between braces: where the list stands, what is in it, and its keys. */
export function useVariableCompletion(variables: () => Variable[], put: Put) {
  const braces = ref<OpenBraces | null>(null)
  const chosen = ref(0)
  /** What was typed when somebody closed the list: it stays closed until they type on. */
  const dismissed = ref<string | null>(null)
  const place = reactive({ left: 0, top: 0 })
  const matches = computed(() => (braces.value ? matchingVariables(variables(), braces.value.query) : [])) // prettier-ignore
  const isOpen = computed(() => matches.value.length > 0)

  /** See whether the cursor stands between open braces; `frame` is what the list is placed in. */
  function look(frame: HTMLElement): void {
    const selection = window.getSelection()
    const node = selection?.anchorNode
    const at = selection?.anchorOffset ?? 0
    const text = node?.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : ''
    const found = openBraces(text.slice(0, at), text.slice(at))
    if (found?.query !== braces.value?.query) chosen.value = 0
    if (found?.query !== dismissed.value) dismissed.value = null
    braces.value = dismissed.value === null ? found : null
    if (!found || !selection?.rangeCount) return
    const cursor = selection.getRangeAt(0).getBoundingClientRect()
    const outer = frame.getBoundingClientRect()
    place.left = Math.max(0, Math.min(cursor.left - outer.left, outer.width - 256))
    place.top = cursor.bottom - outer.top + 4
  }
  function choose(variable: Variable | undefined): void {
    if (variable && braces.value) put(braces.value, `{{ ${variable.name} }}`)
    braces.value = null
  }
  function close(): void {
    dismissed.value = braces.value?.query ?? null
    braces.value = null
  }
  function move(step: number): void {
    chosen.value = (chosen.value + step + matches.value.length) % matches.value.length
  }
  /** Arrows, Enter and Escape belong to the list while it is open. */
  function press(event: KeyboardEvent): void {
    if (!isOpen.value) return
    const acts: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => choose(matches.value[chosen.value]),
      Tab: () => choose(matches.value[chosen.value]),
      Escape: close,
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return { matches, isOpen, chosen, place: readonly(place), look, choose, press }
}
