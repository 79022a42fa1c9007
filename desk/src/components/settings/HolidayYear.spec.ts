import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { answers } from '@/test/server'
import { renderInDesk } from '@/test/render'
import HolidayYear from './HolidayYear.vue'

function open(values: object) {
  answers('helpdesk.api.settings.holidays.list_countries', [])
  return renderInDesk(HolidayYear, { values })
}

it('shows half a year, turns to the other half, and counts the days', async () => {
  open({ from_date: '2026-01-01', to_date: '2026-12-31', holidays: [{ holiday_date: '2026-05-01', description: 'May' }, {}] }) // prettier-ignore
  expect(screen.getByText('1 days off')).toBeTruthy()
  expect(screen.getAllByRole('region', { name: / 2026$/ })).toHaveLength(6)
  expect(screen.getByRole('button', { name: 'Half a year back' }).hasAttribute('disabled')).toBe(true) // prettier-ignore
  await fireEvent.click(screen.getByRole('button', { name: 'Half a year on' }))
  expect(screen.getByRole('region', { name: 'December 2026' })).toBeTruthy()
  expect(screen.queryByRole('region', { name: 'May 2026' })).toBeNull()
})

it('waits for both dates', () => {
  open({ from_date: '2026-01-01' })
  expect(screen.queryByRole('region', { name: 'Calendar' })).toBeNull()
})

it('hands on what was filled in', async () => {
  const { emitted } = open({ from_date: '2026-05-01', to_date: '2026-05-31', holidays: [] })
  await fireEvent.click(screen.getByRole('button', { name: 'Add these days' }))
  expect((emitted('set') as unknown[][])[0]?.[0]).toBe('holidays')
})
