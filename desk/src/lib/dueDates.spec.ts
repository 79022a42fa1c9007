import { afterEach, expect, it } from 'vitest'
import { dayText, nearness, proposals, siteDate } from './dueDates'

afterEach(() => (window.timezone = { system: 'UTC', user: 'UTC' }))
const now = new Date('2026-03-02T23:30:00Z')

it('counts days as the site does', () => {
  expect(['2026-03-01', '2026-03-02', '2026-03-03'].map((due) => nearness(due, now))).toEqual(['past', 'today', 'ahead']) // prettier-ignore
  window.timezone = { system: 'Asia/Tokyo', user: 'UTC' }
  expect(siteDate(now)).toBe('2026-03-03')
  expect(nearness('2026-03-02', now)).toBe('past')
})

it('proposes days and writes them out', () => {
  expect(proposals(now).map(({ value }) => value)).toEqual(['2026-03-02', '2026-03-03', '2026-03-09']) // prettier-ignore
  expect(dayText('2026-03-03')).toBe('Tue, Mar 3')
})
