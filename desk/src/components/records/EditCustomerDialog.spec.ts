import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import EditCustomerDialog from './EditCustomerDialog.vue'

const customer = { name: 'Acme', customer_name: 'Acme', customer_type: 'Company', domain: 'acme.test', country: null, image: null, contacts: [] } // prettier-ignore

it('changes the fields, and leaves the name alone when it is the same', async () => {
  answers('frappe.client.set_value', {})
  const { emitted } = renderInDesk(EditCustomerDialog, { modelValue: true, customer })
  const domains = await screen.findByLabelText('Mail domains')
  await userEvent.type(domains, ', acme.example')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(emitted('saved')).toEqual([['Acme']]))
  expect(asked.at(-1)?.args.fieldname).toMatchObject({ domain: 'acme.test, acme.example' })
})

it('renames after the fields were changed', async () => {
  answers('frappe.client.set_value', {})
  answers('frappe.client.rename_doc', 'Acme Ltd')
  const { emitted } = renderInDesk(EditCustomerDialog, { modelValue: true, customer })
  await userEvent.type(await screen.findByLabelText('Name *'), ' Ltd')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(emitted('saved')).toEqual([['Acme Ltd']]))
  expect(asked.at(-1)?.args).toMatchObject({ old_name: 'Acme', new_name: 'Acme Ltd' })
})
