import { effectScope, ref } from 'vue'
import { expect, it, vi } from 'vitest'
import { useCallTimer } from './useCallTimer'

it('counts the seconds of a call, and stands still at its end', () => {
  vi.useFakeTimers({ now: 0 })
  const [start, end] = [ref<number | null>(null), ref<number | null>(null)]
  const scope = effectScope()
  const text = scope.run(() => useCallTimer(start, end))
  expect(text?.value).toBe('')
  start.value = 0
  vi.advanceTimersByTime(65_000)
  expect(text?.value).toBe('1:05')
  vi.advanceTimersByTime(3_540_000)
  expect(text?.value).toBe('1:00:05')
  end.value = 5_000
  expect(text?.value).toBe('0:05')
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})
