import { computed, reactive, readonly, ref } from 'vue'
import type { Typed } from '@/types/form'

interface Setup<T> {
  /** What is being typed between the text before and after the cursor, if it is anything to complete. */
  find: (before: string, after: string) => Typed | null
  matches: (query: string) => T[]
  put: (choice: T, typed: Typed) => void
}

/** Offers what fits what is being typed: where the list stands, what is in it, and its keys. */
export function useCompletion<T>({ find, matches: matching, put }: Setup<T>) {
  const typed = ref<Typed | null>(null)
  const chosen = ref(0)
  /** What was typed when somebody closed the list: it stays closed until they type on. */
  const dismissed = ref<string | null>(null)
  const place = reactive({ left: 0, top: 0, bottom: 0 })
  const matches = computed(() => (typed.value ? matching(typed.value.query) : []))
  const isOpen = computed(() => matches.value.length > 0)

  /** See what stands at the cursor; `frame` is what the list is placed in. */
  function look(frame: HTMLElement): void {
    const selection = window.getSelection()
    const node = selection?.anchorNode
    const at = selection?.anchorOffset ?? 0
    const text = node?.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : ''
    const found = find(text.slice(0, at), text.slice(at))
    if (found?.query !== typed.value?.query) chosen.value = 0
    if (found?.query !== dismissed.value) dismissed.value = null
    typed.value = dismissed.value === null ? found : null
    if (!found || !selection?.rangeCount) return
    const cursor = selection.getRangeAt(0).getBoundingClientRect()
    const outer = frame.getBoundingClientRect()
    place.left = Math.max(0, Math.min(cursor.left - outer.left, outer.width - 256))
    place.top = cursor.bottom - outer.top + 4
    place.bottom = outer.bottom - cursor.top + 4
  }
  function choose(at: number): void {
    const choice = matches.value[at]
    if (choice !== undefined && typed.value) put(choice, typed.value)
    typed.value = null
  }
  function close(): void {
    dismissed.value = typed.value?.query ?? null
    typed.value = null
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
      Enter: () => choose(chosen.value),
      Tab: () => choose(chosen.value),
      Escape: close,
    }
    const act = event.ctrlKey || event.metaKey ? undefined : acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return { matches, isOpen, chosen, place: readonly(place), look, choose, press }
}
