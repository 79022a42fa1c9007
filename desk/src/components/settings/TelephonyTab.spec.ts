import { screen } from '@testing-library/vue'
import { HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import TelephonyTab from './TelephonyTab.vue'

beforeEach(() => {
  const fields = [{ fieldname: 'mobile_no', fieldtype: 'Data', label: 'Mobile Number' }]
  answers('frappe.desk.form.load.getdoctype', ({ doctype }) => HttpResponse.json({ docs: [{ name: doctype, fields }] })) // prettier-ignore
  answers('frappe.client.get_list', [{ name: 'anna@x' }])
  answers('frappe.client.get', { mobile_no: '+49301' })
})
const forms = () => screen.getAllByRole('form').map((form) => form.querySelector('h4')?.textContent)

it('is about the own phone of an agent', async () => {
  useSession().user = { user_id: 'anna@x', is_agent: true } as CurrentUser
  renderInDesk(TelephonyTab)
  const number = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Mobile Number' })
  expect(number.value).toBe('+49301')
  expect(forms()).toEqual(['My phone'])
})

it('is about the providers, too, for administrators', async () => {
  useSession().user = { user_id: 'anna@x', is_admin: true } as CurrentUser
  renderInDesk(TelephonyTab)
  expect(await screen.findAllByRole('textbox', { name: 'Mobile Number' })).toHaveLength(3)
  expect(forms()).toEqual(['My phone', 'Twilio', 'Exotel'])
})
