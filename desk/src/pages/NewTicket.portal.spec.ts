import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderAt } from '@/test/render'
import { answers, asked } from '@/test/server'
import NewTicket from './NewTicket.vue'

const TEMPLATE = 'helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one'
const template = (fields: object[] = []) => ({ about: null, fields }) as never
beforeEach(() => {
  answers(TEMPLATE, template())
  answers('helpdesk.api.article.search', [])
  answers('frappe.client.get_list', [{ name: 'Acme' }])
})

it('asks for a few words first, and shows the articles that may answer', async () => {
  answers('helpdesk.api.article.search', [
    {
      id: '1',
      name: 'a1#water',
      subject: 'Printers and fire',
      headings: 'water',
      description: 'Use water.',
    },
  ] as never)
  await renderAt('/my-tickets/new', NewTicket)
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()
  await userEvent.type(screen.getByRole('textbox', { name: /Subject/ }), 'Fire')
  expect(await screen.findByRole('button', { name: 'Send' })).toBeTruthy()
  const hit = await screen.findByRole('link', { name: /Printers and fire/ }, { timeout: 3000 })
  expect(hit.getAttribute('href')).toBe('/kb-public/articles/a1#water')
})

it('asks people of several customers whom it is for', async () => {
  answers('frappe.client.get_list', [{ name: 'Acme' }, { name: 'Bolt' }])
  await renderAt('/my-tickets/new', NewTicket)
  expect(await screen.findByRole('combobox', { name: /Which customer/ })).toBeTruthy()
})

it('leaves that question to a template that asks it', async () => {
  answers('frappe.client.get_list', [{ name: 'Acme' }, { name: 'Bolt' }])
  answers(TEMPLATE, template([{ fieldname: 'customer', label: 'Customer', fieldtype: 'Link', options: 'HD Customer', required: 1, hide_from_customer: 0, placeholder: null, url_method: null }])) // prettier-ignore
  await renderAt('/my-tickets/new', NewTicket)
  await vi.waitFor(() => expect(asked.some(({ method }) => method === TEMPLATE)).toBe(true))
  expect(await screen.findByLabelText(/^Customer/)).toBeTruthy()
  expect(screen.queryByRole('combobox', { name: /Which customer/ })).toBeNull()
})

it('says that it goes on from an older ticket', async () => {
  await renderAt('/my-tickets/new?follows=7', NewTicket)
  expect(screen.getByText('This goes on where #7 has ended; we see both.')).toBeTruthy()
})
