import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import ManyValues from './ManyValues.vue'

it('ticks values of a short list', async () => {
  const choices = [{ label: 'Offen', value: 'Open' }, { label: 'Zu', value: 'Closed' }] // prettier-ignore
  const { emitted } = renderInDesk(ManyValues, { choices, modelValue: ['Open'] })
  expect(screen.getByLabelText('Offen')).toHaveProperty('checked', true)
  await userEvent.click(screen.getByLabelText('Zu'))
  await userEvent.click(screen.getByLabelText('Offen'))
  expect(emitted()['update:modelValue']).toEqual([[['Open', 'Closed']], [['Closed']]])
})

it('collects records, whose names may have commas', async () => {
  answers('frappe.desk.search.search_link', [{ value: 'Alder, Inc.', description: '' }])
  const { emitted } = renderInDesk(ManyValues, { doctype: 'HD Customer', modelValue: ['Birch'] })
  await userEvent.click(screen.getByLabelText('Add a value'))
  await userEvent.click(await screen.findByRole('option', { name: 'Alder, Inc.' }))
  await userEvent.click(screen.getByRole('button', { name: 'Remove Birch' }))
  expect(emitted()['update:modelValue']).toEqual([[['Birch', 'Alder, Inc.']], [['Alder, Inc.']]])
})
