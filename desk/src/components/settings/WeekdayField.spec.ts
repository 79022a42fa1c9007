import { expect, it } from 'vitest'
import { fireEvent, render, screen } from '@testing-library/vue'
import WeekdayField from './WeekdayField.vue'

it('ticks and unticks days, and keeps the rows of the others', async () => {
  const view = render(WeekdayField, { props: { label: 'Days', modelValue: [{ name: 'a', day: 'Monday' }] } }) // prettier-ignore
  expect(screen.getByRole('button', { name: 'Monday' }).getAttribute('aria-pressed')).toBe('true')
  await fireEvent.click(screen.getByRole('button', { name: 'Friday' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Monday' }))
  expect(view.emitted('update:modelValue')).toEqual([
    [[{ name: 'a', day: 'Monday' }, { day: 'Friday' }]],
    [[{ day: 'Friday' }]],
  ])
})
