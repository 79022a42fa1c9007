import { expect, it } from 'vitest'
import { fireEvent, render, screen } from '@testing-library/vue'
import type { FormField } from '@/types/form'
import TickedRows from './TickedRows.vue'

const DAYS: FormField = { name: 'days', label: 'Days', type: 'ticks', column: 'day', options: ['Monday', { label: 'The fifth', value: 'Friday' }] } // prettier-ignore
const shown = (modelValue: Record<string, string>[]) =>
  render(TickedRows, { props: { field: DAYS, modelValue } })

it('ticks and unticks values, and keeps the rows of the others', async () => {
  const view = shown([{ name: 'a', day: 'Monday' }])
  expect(screen.getByRole('button', { name: 'Monday' }).getAttribute('aria-pressed')).toBe('true')
  await fireEvent.click(screen.getByRole('button', { name: 'The fifth' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Monday' }))
  expect(view.emitted('update:modelValue')).toEqual([
    [[{ name: 'a', day: 'Monday' }, { day: 'Friday' }]],
    [[{ day: 'Friday' }]],
  ])
})

it('shows what is ticked though it is no longer offered', async () => {
  const view = shown([{ day: 'Doomsday' }])
  await fireEvent.click(screen.getByRole('button', { name: 'Doomsday', pressed: true }))
  expect(view.emitted('update:modelValue')?.[0]).toEqual([[]])
})
