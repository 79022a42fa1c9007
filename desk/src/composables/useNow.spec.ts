import { expect, it, vi } from 'vitest'
import { makeNow } from './useNow'

it('moves on every twenty seconds, once for all', () => {
  vi.useFakeTimers({ now: new Date('2026-05-04T10:00:00Z') })
  const useNow = makeNow()
  const now = useNow()
  useNow()
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(20_000)
  expect((now.value as Date).toISOString()).toBe('2026-05-04T10:00:20.000Z')
})

it('is right at once after a sleep', () => {
  vi.useFakeTimers({ now: new Date('2026-05-04T10:00:00Z') })
  const useNow = makeNow()
  useNow()
  vi.setSystemTime('2026-05-04T18:00:00Z')
  expect((useNow().value as Date).toISOString()).toBe('2026-05-04T18:00:00.000Z')
})
