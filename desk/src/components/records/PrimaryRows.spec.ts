import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import PrimaryRows from './PrimaryRows.vue'

const rows = [{ value: 'a@x.test', isPrimary: true }, { value: 'b@x.test', isPrimary: false }] // prettier-ignore
const about = { label: 'E-mail', type: 'email', addLabel: 'Add an address' }

it('has exactly one primary: another is chosen, or follows when it goes', async () => {
  const { emitted } = renderInDesk(PrimaryRows, { ...about, modelValue: rows })
  await userEvent.click(screen.getByRole('radio', { name: 'b@x.test is the primary one' }))
  await userEvent.click(screen.getByRole('button', { name: 'Remove a@x.test' }))
  const told = emitted('update:modelValue') as [typeof rows][]
  expect(told[0]?.[0].map(({ isPrimary }) => isPrimary)).toEqual([false, true])
  expect(told[1]?.[0]).toEqual([{ value: 'b@x.test', isPrimary: true }])
})

it('makes the first one added the primary', async () => {
  const { emitted } = renderInDesk(PrimaryRows, { ...about, modelValue: [] })
  await userEvent.click(screen.getByRole('button', { name: 'Add an address' }))
  expect(emitted('update:modelValue')).toEqual([[[{ value: '', isPrimary: true }]]])
})
