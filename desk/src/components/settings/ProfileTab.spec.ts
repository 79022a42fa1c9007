import { beforeEach, expect, it } from 'vitest'
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import ProfileTab from './ProfileTab.vue'

const PASSWORD = 'frappe.core.doctype.user.user.update_password'

beforeEach(() => {
  useSession().user = { user_id: 'anna@x' } as CurrentUser
  answers('frappe.client.get', { name: 'anna@x', first_name: 'Anna', last_name: 'A', email_signature: null, user_image: null }) // prettier-ignore
})

it('saves the own name', async () => {
  answers('frappe.client.set_value', {})
  renderInDesk(ProfileTab)
  await fireEvent.update(await waitFor(() => screen.getByLabelText('First name *')), 'Annabel')
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked.at(-1)?.args).toMatchObject({ doctype: 'User', name: 'anna@x', fieldname: { first_name: 'Annabel' } })) // prettier-ignore
})

it('says whether one is there, at once', async () => {
  answers('frappe.client.get_list', [{ name: 'Active' }, { name: 'Away' }])
  answers('helpdesk.api.agent.set_my_availability', null)
  useSession().user = { user_id: 'anna@x', has_agent_record: true, availability: 'Active' } as CurrentUser // prettier-ignore
  renderInDesk(ProfileTab)
  await screen.findByRole('option', { name: 'Away' })
  await fireEvent.update(screen.getByLabelText('Availability'), 'Away')
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ method: 'helpdesk.api.agent.set_my_availability', args: { availability: 'Away' } })) // prettier-ignore
})

it('sends a new password only when both are the same and strong enough', async () => {
  answers(PASSWORD, '/')
  renderInDesk(ProfileTab)
  const form = within(await waitFor(() => screen.getByRole('form', { name: 'Password' })))
  await fireEvent.update(form.getByLabelText('Current password *'), 'old one')
  await fireEvent.update(form.getByLabelText('New password *'), 'brand new 1')
  await fireEvent.update(form.getByLabelText('New password again *'), 'brand new 2')
  await fireEvent.click(form.getByRole('button', { name: 'Change the password' }))
  expect(form.getByRole('alert').textContent).toContain('not the same')
  expect(asked.some(({ method }) => method === PASSWORD)).toBe(false)
  await fireEvent.update(form.getByLabelText('New password again *'), 'brand new 1')
  await fireEvent.click(form.getByRole('button', { name: 'Change the password' }))
  await waitFor(() => expect(asked.at(-1)?.args).toEqual({ old_password: 'old one', new_password: 'brand new 1' })) // prettier-ignore
})
