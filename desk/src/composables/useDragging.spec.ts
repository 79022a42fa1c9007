import { effectScope, nextTick, ref } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { useDragging } from './useDragging'

function dragging() {
  const box = document.createElement('div')
  box.getBoundingClientRect = () => new DOMRect(100, 100, 200, 50)
  const scope = effectScope()
  const made = scope.run(() => useDragging(ref(box)))
  if (!made) throw new Error('The scope has ended.')
  return { ...made, scope, box }
}
const pointer = (type: string, clientX: number, clientY: number) => Object.assign(new MouseEvent(type, { clientX, clientY, cancelable: true })) as PointerEvent // prettier-ignore

it('follows the pointer by where it was gripped, until that lets go', () => {
  const { style, take, scope } = dragging()
  take(pointer('pointerdown', 110, 105))
  window.dispatchEvent(pointer('pointermove', 60, 45))
  expect(style.value).toMatchObject({ left: '50px', top: '40px' })
  window.dispatchEvent(pointer('pointerup', 60, 45))
  window.dispatchEvent(pointer('pointermove', 300, 300))
  expect(style.value).toMatchObject({ left: '50px' })
  scope.stop()
})

it('never leaves the window', () => {
  const { style, take, scope } = dragging()
  take(pointer('pointerdown', 100, 100))
  window.dispatchEvent(pointer('pointermove', 99_999, -50))
  expect(style.value).toMatchObject({ left: `${innerWidth - 200}px`, top: '0px' })
  scope.stop()
})

it('moves by the arrow keys, and leaves other keys alone', () => {
  const { style, step, scope } = dragging()
  step(new KeyboardEvent('keydown', { key: 'a' }))
  expect(style.value).toEqual({})
  step(new KeyboardEvent('keydown', { key: 'ArrowRight' }))
  expect(style.value).toMatchObject({ left: '124px', top: '100px' })
  scope.stop()
})

it('stays within the window when it grows', async () => {
  let grow: () => void = () => {}
  vi.stubGlobal('ResizeObserver', class {
    constructor(told: (entries: unknown[]) => void) {
      grow = () => told([])
    }
    observe() {}
    disconnect() {}
  }) // prettier-ignore
  onTestFinished(() => void vi.unstubAllGlobals())
  const { style, take, scope, box } = dragging()
  await nextTick()
  take(pointer('pointerdown', 100, 100))
  window.dispatchEvent(pointer('pointermove', 100, 99_999))
  expect(style.value).toMatchObject({ top: `${innerHeight - 50}px` })
  box.getBoundingClientRect = () => new DOMRect(100, 100, 200, 300)
  grow()
  expect(style.value).toMatchObject({ top: `${innerHeight - 300}px` })
  scope.stop()
})
