import { fireEvent, screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import RowCheck from './RowCheck.vue'

const field = { name: 'default_priority', label: 'Default', type: 'check' }

it('has a name for those who hear the page, also where none is shown', async () => {
  const { emitted } = renderInDesk(RowCheck, { field, modelValue: 0, hidesLabel: true })
  expect(screen.queryByText('Default')).toBeNull()
  await fireEvent.click(screen.getByRole('switch', { name: 'Default' }))
  expect(emitted('update:modelValue')).toEqual([[1]])
})

it('is turned off by a nought, as the server keeps it', async () => {
  const { emitted } = renderInDesk(RowCheck, { field, modelValue: 1 })
  await fireEvent.click(screen.getByRole('switch', { name: 'Default' }))
  expect(emitted('update:modelValue')).toEqual([[0]])
})
