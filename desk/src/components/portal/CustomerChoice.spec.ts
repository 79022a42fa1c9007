import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import CustomerChoice from './CustomerChoice.vue'

it('asks people of several customers whom a ticket is for', async () => {
  answers('frappe.client.get_list', [{ name: 'Acme' }, { name: 'Bolt' }])
  const { emitted } = renderInDesk(CustomerChoice, { modelValue: '' })
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: /Which customer/ })
  expect(choice.required).toBe(true)
  await userEvent.selectOptions(choice, 'Bolt')
  expect(emitted()['update:modelValue']).toEqual([['Bolt']])
})

it('does not ask people of one customer', async () => {
  answers('frappe.client.get_list', [{ name: 'Acme' }])
  renderInDesk(CustomerChoice, { modelValue: '' })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(screen.queryByRole('combobox')).toBeNull()
})

it('does not ask people who may not see customers at all', async () => {
  refuses('frappe.client.get_list', 'No permission', 403)
  renderInDesk(CustomerChoice, { modelValue: '' })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(screen.queryByRole('combobox')).toBeNull()
})
