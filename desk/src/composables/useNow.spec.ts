import { expect, it, vi } from 'vitest'

it('moves on every twenty seconds, once for all', async () => {
  vi.resetModules()
  vi.useFakeTimers({ now: new Date('2026-05-04T10:00:00Z') })
  const fresh = await import('./useNow')
  const now = fresh.useNow()
  fresh.useNow()
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(20_000)
  expect((now.value as Date).toISOString()).toBe('2026-05-04T10:00:20.000Z')
})
