import { expect, it } from 'vitest'
import { monthFrom, monthsBetween } from './calendar'

it('a month begins under its weekday', () => {
  const may = monthFrom('2026-05-17', 0)
  expect([may.key, may.blanks, may.days.length, may.days.at(-1)]).toEqual(['2026-05', 4, 31, '2026-05-31']) // prettier-ignore
})

it('months go on over the end of a year, and know leap years', () => {
  expect(monthFrom('2027-11-30', 3)).toMatchObject({ key: '2028-02', blanks: 1 })
  expect(monthFrom('2027-11-30', 3).days).toHaveLength(29)
})

it('counts the months a range touches', () => {
  expect(monthsBetween('2026-01-01', '2026-12-31')).toBe(12)
  expect(monthsBetween('2026-12-31', '2027-01-01')).toBe(2)
  expect(monthsBetween('2027-01-01', '2026-01-01')).toBe(0)
})
