import { computed, ref, type Ref } from 'vue'
import { useEventListener, useResizeObserver } from '@vueuse/core'

const STEP = 24
const STEPS: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** A box that is moved by a handle, with the pointer or the arrow keys, and never leaves the window. */
export function useDragging(box: Readonly<Ref<HTMLElement | null>>) {
  /** Where it was put; until then where the stylesheet has it. */
  const place = ref<{ x: number; y: number } | null>(null)
  let grip: { x: number; y: number } | null = null

  function put(x: number, y: number): void {
    const { width = 0, height = 0 } = box.value?.getBoundingClientRect() ?? {}
    const within = (value: number, most: number) => Math.max(0, Math.min(value, most))
    place.value = { x: within(x, innerWidth - width), y: within(y, innerHeight - height) }
  }
  function take(event: PointerEvent): void {
    const { left = 0, top = 0 } = box.value?.getBoundingClientRect() ?? {}
    grip = { x: event.clientX - left, y: event.clientY - top }
    event.preventDefault() // or the text of the page is selected on the way
  }
  function step(event: KeyboardEvent): void {
    const by = STEPS[event.key]
    if (!by) return
    event.preventDefault()
    const { left = 0, top = 0 } = box.value?.getBoundingClientRect() ?? {}
    put(left + by[0], top + by[1])
  }
  useEventListener(window, 'pointermove', (event) => grip && put(event.clientX - grip.x, event.clientY - grip.y)) // prettier-ignore
  useEventListener(window, ['pointerup', 'pointercancel'], () => (grip = null))
  const stay = () => place.value && put(place.value.x, place.value.y)
  useEventListener(window, 'resize', stay)
  useResizeObserver(box, stay) // a box that grows does so within the window
  const style = computed(() => place.value ? { left: `${place.value.x}px`, top: `${place.value.y}px`, right: 'auto', bottom: 'auto' } : {}) // prettier-ignore
  return { style, take, step }
}
