import { expect, it } from 'vitest'
import { screen } from '@testing-library/vue'
import { monthFrom } from '@/lib/calendar'
import { renderInDesk } from '@/test/render'
import HolidayMonth from './HolidayMonth.vue'

it('marks the days off, and says what for', () => {
  const occasions = new Map([['2026-05-01', 'Labour Day']])
  renderInDesk(HolidayMonth, { month: monthFrom('2026-05-01', 0), occasions })
  expect(screen.getByRole('region', { name: 'May 2026' })).toBeTruthy()
  expect(screen.getByTitle('Labour Day').textContent).toContain('1')
  expect(screen.getByText('31').getAttribute('title')).toBeNull()
})
