import { effectScope, ref } from 'vue'
import { expect, it } from 'vitest'
import { useWindowedRows, WINDOW_FROM } from './useWindowedRows'

function windowed(count: number) {
  const rows = effectScope().run(() => useWindowedRows(ref(null), ref(count), ref(40)))
  if (!rows) throw new Error('no scope')
  return rows
}

it('draws a short list whole', () => {
  const { range, before, after } = windowed(WINDOW_FROM - 1)
  expect(range.value).toEqual({ from: 0, to: WINDOW_FROM - 1 })
  expect([before.value, after.value]).toEqual([0, 0])
})

it('draws of a long list what is near the screen, and leaves room for the rest', () => {
  const { range, before, after } = windowed(1000)
  expect(range.value.from).toBe(0)
  expect(range.value.to).toBeLessThan(60)
  expect(before.value + (range.value.to - range.value.from) * 40 + after.value).toBe(40_000)
})
