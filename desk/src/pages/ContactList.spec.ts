import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ContactList from './ContactList.vue'

const CREATE = 'helpdesk.api.contact.create_contact'
const columns = [{ label: 'Name', key: 'full_name', type: 'Data', width: '14rem' }]
const answer = (data: object[]) => ({ data, columns, rows: [], fields: [], total_count: data.length, row_count: data.length }) // prettier-ignore

beforeEach(() => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.doc.get_filterable_fields', [])
  answers('helpdesk.api.doc.get_quick_filters', [])
  answers('frappe.desk.search.search_link', [])
})

it('leads to a contact whose name needs care in an address', async () => {
  answers('helpdesk.api.doc.get_list_data', answer([{ name: 'Cleo/Alder', full_name: 'Cleo' }]))
  renderInDesk(ContactList)
  const row = await screen.findByRole('link', { name: /Cleo/ })
  expect(row.getAttribute('href')).toBe('/contacts/Cleo%2FAlder')
})

it('says where contacts come from when there are none, and makes one', async () => {
  answers('helpdesk.api.doc.get_list_data', answer([]))
  answers(CREATE, 'Carl')
  renderInDesk(ContactList)
  expect(await screen.findByText('Everybody who writes becomes a contact.')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'New contact' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New contact' }))
  await fireEvent.update(dialog.getByLabelText('First name *'), 'Carl')
  await fireEvent.update(dialog.getByLabelText('E-mail *'), 'carl@x.test')
  await fireEvent.click(dialog.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(asked.find(({ method }) => method === CREATE)?.args).toMatchObject({ doc: { first_name: 'Carl', email: 'carl@x.test' }, invite: false })) // prettier-ignore
})
