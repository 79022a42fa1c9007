import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import type { FormField } from '@/types/form'
import FieldInput from './FieldInput.vue'

const show = (field: Partial<FormField>, modelValue: unknown, props: object = {}) =>
  renderInDesk(FieldInput, { field: { name: 'it', label: 'It', type: 'text', ...field }, modelValue, ...props }) // prettier-ignore

it('a switch is stored as a number, and says what it does', async () => {
  const { emitted } = show({ type: 'check', hint: 'Turns it on.' }, 0)
  expect(screen.getByText('Turns it on.')).toBeTruthy()
  await fireEvent.click(screen.getByRole('switch'))
  expect(emitted('update:modelValue')).toEqual([[1]])
})

it('a duration is typed in words and stored in seconds', async () => {
  const { emitted } = show({ type: 'duration' }, 3600)
  await fireEvent.change(screen.getByLabelText('It'), { target: { value: '4h 30m' } })
  expect(emitted('update:modelValue')).toEqual([[16200]])
})

it('choices may depend on who asks', () => {
  show({ type: 'select', options: () => ['One', { label: 'Another', value: '2' }] }, '2')
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent?.trim())).toEqual(['–', 'One', 'Another']) // prettier-ignore
})

it('shows what is wrong below what is explained', () => {
  show({ required: true, hint: 'Any word.' }, '', { error: 'It is needed.' })
  expect(screen.getByLabelText('It *')).toBeTruthy()
  expect(screen.getByText('Any word.')).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toBe('It is needed.')
})
