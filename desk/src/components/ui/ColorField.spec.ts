import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import ColorField from './ColorField.vue'

it('offers colors by name, and gives back the one the server knows', async () => {
  const { emitted } = renderInDesk(ColorField, { label: 'Color', modelValue: 'Blue' })
  expect((screen.getByRole('radio', { name: 'Blue' }) as HTMLInputElement).checked).toBe(true)
  await fireEvent.click(screen.getByRole('radio', { name: 'Purple' }))
  expect(emitted('update:modelValue')).toEqual([['purple']])
})

it('offers some colors only, where the record knows no others', () => {
  renderInDesk(ColorField, { label: 'Color', modelValue: 'Blue', colors: ['Blue', 'Red'] })
  expect(screen.getAllByRole('radio').map((one) => (one as HTMLInputElement).value)).toEqual(['Blue', 'Red']) // prettier-ignore
})
