import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import LinkField from './LinkField.vue'

it('searches while typing and takes the marked choice with Enter', async () => {
  answers('frappe.desk.search.search_link', [{ value: 'Acme' }, { value: 'Acorn' }])
  const { emitted } = renderInDesk(LinkField, {
    label: 'Customer',
    doctype: 'HD Customer',
    modelValue: '',
  })
  await userEvent.click(screen.getByLabelText('Customer'))
  await screen.findByRole('option', { name: 'Acorn' })
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(emitted()['update:modelValue']).toEqual([['Acorn']])
})

it('can be cleared', async () => {
  const { emitted } = renderInDesk(LinkField, {
    label: 'Customer',
    doctype: 'HD Customer',
    modelValue: 'Acme',
  })
  await userEvent.click(screen.getByRole('button', { name: 'Clear Customer' }))
  expect(emitted()['update:modelValue']).toEqual([['']])
})
