import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { useNow } from './useNow'

it('moves on every twenty seconds, once for all, as long as somebody reads it', () => {
  vi.useFakeTimers({ now: new Date('2026-05-04T10:00:00Z') })
  const readers = effectScope()
  const now = readers.run(() => [useNow(), useNow()][0])
  expect(now?.value).toEqual(new Date('2026-05-04T10:00:00Z'))
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(20_000)
  expect(now?.value).toEqual(new Date('2026-05-04T10:00:20Z'))
  readers.stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('is right at once after a sleep', () => {
  vi.useFakeTimers({ now: new Date('2026-05-04T10:00:00Z') })
  const readers = effectScope()
  readers.run(useNow)
  vi.setSystemTime('2026-05-04T18:00:00Z')
  expect(readers.run(useNow)?.value).toEqual(new Date('2026-05-04T18:00:00Z'))
  readers.stop()
})
