import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import TextField from './TextField.vue'

it('has a name, also where the name is not drawn, and gives what is typed', async () => {
  const { emitted } = renderInDesk(TextField, { modelValue: '', label: 'Number', hidesLabel: true })
  await userEvent.type(screen.getByLabelText('Number'), '7')
  expect(emitted()['update:modelValue']).toEqual([['7']])
  expect(screen.getByPlaceholderText('Number')).toBeTruthy()
})
