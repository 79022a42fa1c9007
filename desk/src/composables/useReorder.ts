import { ref } from 'vue'

/** Takes the entry at one place out and puts it in at another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  const [entry] = next.splice(from, 1)
  if (entry !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, entry)
  return next
}

/** Lets people put entries in order, by dragging one to the place of another or by Alt and an arrow. */
export function useReorder<T>(list: () => readonly T[], put: (next: T[]) => void) {
  const dragged = ref<number | null>(null)
  const over = ref<number | null>(null)

  function move(from: number, to: number): void {
    if (to >= 0 && to < list().length && to !== from) put(moved(list(), from, to))
  }
  function end(): void {
    dragged.value = null
    over.value = null
  }
  /** The listeners of the entry at `at`. */
  const handlers = (at: number) => ({
    dragstart: (event: DragEvent) => {
      event.stopPropagation()
      dragged.value = at
    },
    dragover: (event: DragEvent) => {
      if (dragged.value === null) return
      event.preventDefault()
      event.stopPropagation()
      over.value = at
    },
    drop: (event: DragEvent) => {
      if (dragged.value === null) return
      event.preventDefault()
      event.stopPropagation()
      move(dragged.value, at)
      end()
    },
    dragend: end,
    keydown: (event: KeyboardEvent) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!event.altKey || !step) return
      event.preventDefault()
      event.stopPropagation()
      move(at, at + step)
    },
  })
  return { dragged, over, handlers, move }
}
