import { effectScope, nextTick, ref } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { useGapHighlight } from './useGapHighlight'

it('paints the names between braces, and nothing once they are gone', async () => {
  const highlights = new Map<string, { ranges: Range[] }>()
  vi.stubGlobal('CSS', { highlights })
  vi.stubGlobal('Highlight', class { ranges: Range[]; constructor(...ranges: Range[]) { this.ranges = ranges } }) // prettier-ignore
  onTestFinished(() => void vi.unstubAllGlobals())
  const frame = document.createElement('div')
  frame.innerHTML = '<p>Dear <b>{{ customer_name }}</b>, bye</p>'
  const text = ref(frame.innerHTML)
  const scope = effectScope()
  scope.run(() => useGapHighlight(frame, text))
  await nextTick()
  expect(highlights.get('gap')?.ranges.map(String)).toEqual(['{{ customer_name }}'])
  frame.innerHTML = text.value = '<p>Dear Cleo</p>'
  await nextTick()
  await nextTick()
  expect(highlights.has('gap')).toBe(false)
  scope.stop()
})
