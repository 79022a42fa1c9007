import { expect, it } from 'vitest'
import { lastDays } from './periods'

it('counts today in, across months', () => {
  const today = new Date(2026, 2, 2, 23, 59)
  expect(lastDays(1, today)).toEqual({ from_date: '2026-03-02', to_date: '2026-03-02' })
  expect(lastDays(3, today).from_date).toBe('2026-02-28')
})
