import { render, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import SelectField from './SelectField.vue'

it('is found by its label and tells what was chosen', async () => {
  const options = ['Low', 'High'].map((name) => ({ label: name, value: name }))
  const { emitted } = render(SelectField, {
    props: { label: 'Priority', options, modelValue: 'Low' },
  })
  await userEvent.selectOptions(screen.getByLabelText('Priority'), 'High')
  expect(emitted()['update:modelValue']).toEqual([['High']])
})
