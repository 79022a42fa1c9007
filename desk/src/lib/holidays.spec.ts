import { expect, it } from 'vitest'
import { merge, recurring } from './holidays'

it('finds every Monday between two dates, both included', () => {
  expect(recurring('2026-06-01', '2026-06-15', 'Monday', 0)).toEqual(['2026-06-01', '2026-06-08', '2026-06-15']) // prettier-ignore
})

it('counts the first Monday by its date, also in a month that starts on a Friday', () => {
  expect(recurring('2026-05-01', '2026-05-31', 'Monday', 1)).toEqual(['2026-05-04'])
})

it('knows months without a fifth one', () => {
  expect(recurring('2026-02-01', '2026-02-28', 'Monday', 5)).toEqual([])
})

it('never comes when the dates run backwards', () => {
  expect(recurring('2026-02-01', '2026-01-01', 'Monday', 0)).toEqual([])
})

it('keeps what was written by hand, in the order of the calendar', () => {
  const own = [{ holiday_date: '2026-12-25', description: 'Party' }]
  const added = [{ holiday_date: '2026-12-25', description: 'Christmas' }, { holiday_date: '2026-01-01', description: 'New Year' }] // prettier-ignore
  expect(merge(own, added)).toEqual([added[1], own[0]])
})
