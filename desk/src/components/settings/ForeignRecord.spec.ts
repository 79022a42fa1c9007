import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import ForeignRecord from './ForeignRecord.vue'

const fields = [
  { fieldname: 'enabled', fieldtype: 'Check', label: 'Enabled' },
  { fieldname: 'sid', fieldtype: 'Data', label: 'Account SID' },
  { fieldname: 'user', fieldtype: 'Link', label: 'User', options: 'User' },
]
const props = { title: 'Exotel', about: 'Calls', doctype: 'TP Exotel Settings' }
const found = { ...props, find: () => Promise.resolve('TP Exotel Settings') }
beforeEach(() => {
  answers('frappe.desk.form.load.getdoctype', () => HttpResponse.json({ docs: [{ name: 'TP Exotel Settings', fields }] })) // prettier-ignore
  answers('frappe.client.get', { enabled: 1, sid: 'old' })
})

it('has the fields of the other app, and sends what was changed', async () => {
  answers('frappe.client.set_value', {})
  const { emitted } = renderInDesk(ForeignRecord, found)
  const field = await screen.findByRole('textbox', { name: 'Account SID' })
  await userEvent.type(field, '!')
  expect(emitted().changed?.at(-1)).toEqual([true])
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(emitted().saved).toHaveLength(1))
  expect(asked.find(({ method }) => method === 'frappe.client.set_value')?.args).toMatchObject({ doctype: 'TP Exotel Settings', fieldname: { sid: 'old!' } }) // prettier-ignore
})

it('says what the provider found wrong, and keeps what was typed', async () => {
  refuses('frappe.client.set_value', 'Exotel does not know this account')
  const { emitted } = renderInDesk(ForeignRecord, found)
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Account SID' })
  await userEvent.type(field, '!')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toContain('does not know this account')
  expect(field.value).toBe('old!')
  expect(emitted().saved).toBeUndefined()
})

it('makes the record that is not there yet, with what it always has', async () => {
  answers('frappe.client.insert', {})
  const { emitted } = renderInDesk(ForeignRecord, { ...props, find: () => Promise.resolve(null), fixed: { user: 'anna@x' } }) // prettier-ignore
  expect(await screen.findByRole('textbox', { name: 'Account SID' })).toBeTruthy()
  expect(screen.queryByLabelText('User')).toBeNull()
  await userEvent.type(screen.getByRole('textbox', { name: 'Account SID' }), 'new')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(emitted().saved).toHaveLength(1))
  expect(asked.find(({ method }) => method === 'frappe.client.insert')?.args.doc).toMatchObject({ doctype: 'TP Exotel Settings', user: 'anna@x', sid: 'new' }) // prettier-ignore
})
