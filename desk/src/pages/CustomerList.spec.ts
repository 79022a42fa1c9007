import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import CustomerList from './CustomerList.vue'

const CREATE = 'helpdesk.api.customer.create_customer'
const columns = [{ label: 'Name', key: 'customer_name', type: 'Data', width: '14rem' }]
const answer = (data: object[]) => ({ data, columns, rows: [], fields: [], total_count: data.length, row_count: data.length }) // prettier-ignore

beforeEach(() => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.doc.get_filterable_fields', [])
  answers('helpdesk.api.doc.get_quick_filters', [])
  answers('helpdesk.api.doc.get_list_data', answer([{ name: 'Acme', customer_name: 'Acme' }]))
  answers('frappe.desk.search.search_link', [])
})

it('leads to a customer', async () => {
  renderInDesk(CustomerList)
  const row = await screen.findByRole('link', { name: /Acme/ })
  expect(row.getAttribute('href')).toBe('/customers/Acme')
})

it('makes a customer together with the first person', async () => {
  answers(CREATE, { name: 'Birch & Co' })
  renderInDesk(CustomerList)
  await fireEvent.click(await screen.findByRole('button', { name: 'New customer' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New customer' }))
  await fireEvent.update(dialog.getByLabelText('Name *'), 'Birch & Co')
  await fireEvent.update(dialog.getByLabelText('E-mail of the primary contact'), 'bea@birch.test')
  await fireEvent.click(dialog.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(JSON.stringify(asked.find(({ method }) => method === CREATE)?.args)).toContain('bea@birch.test')) // prettier-ignore
})
