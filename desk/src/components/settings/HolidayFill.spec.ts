import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import HolidayFill from './HolidayFill.vue'

const LIST = 'helpdesk.api.settings.holidays'
const own = { holiday_date: '2026-05-01', description: 'Our day' }

function open(props: object = {}) {
  answers(`${LIST}.list_countries`, [{ code: 'DE', subdivisions: ['BY'] }, { code: 'FR', subdivisions: [] }]) // prettier-ignore
  return renderInDesk(HolidayFill, { from: '2026-05-01', to: '2026-05-31', modelValue: [own], ...props }) // prettier-ignore
}

it('adds the public holidays of a region to what is there', async () => {
  answers(`${LIST}.list_public_holidays`, [{ holiday_date: '2026-05-01', description: 'Labour Day' }, { holiday_date: '2026-05-14', description: 'Ascension' }]) // prettier-ignore
  const { emitted } = open()
  await waitFor(() => screen.getByRole('option', { name: 'Germany' }))
  await fireEvent.update(screen.getByLabelText('Public holidays of'), 'DE')
  await fireEvent.update(screen.getByLabelText('Region'), 'BY')
  await fireEvent.click(screen.getByRole('button', { name: 'Add public holidays' }))
  await waitFor(() => expect(emitted('update:modelValue')).toBeTruthy())
  expect(asked.at(-1)?.args).toMatchObject({ country: 'DE', subdivision: 'BY', from_date: '2026-05-01' }) // prettier-ignore
  expect((emitted('update:modelValue') as unknown[][])[0]?.[0]).toEqual([own, { holiday_date: '2026-05-14', description: 'Ascension' }]) // prettier-ignore
})

it('adds a weekday that comes again', async () => {
  const { emitted } = open({ modelValue: [] })
  await fireEvent.update(screen.getByLabelText('How often'), '1')
  await fireEvent.update(screen.getByLabelText('Weekday'), 'Monday')
  await fireEvent.click(screen.getByRole('button', { name: 'Add these days' }))
  expect((emitted('update:modelValue') as unknown[][])[0]?.[0]).toMatchObject([{ holiday_date: '2026-05-04', weekly_off: 1 }]) // prettier-ignore
})

it('asks for both dates first', () => {
  open({ to: '' })
  expect(screen.queryByRole('button', { name: 'Add public holidays' })).toBeNull()
})
