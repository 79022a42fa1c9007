import { beforeEach, expect, it } from 'vitest'
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import ApiTab from './ApiTab.vue'

const MAKE = 'frappe.core.doctype.user.user.generate_keys'
beforeEach(() => {
  useSession().user = { user_id: 'anna@x' } as CurrentUser
  answers(MAKE, { api_key: 'key1', api_secret: 'secret1' })
})

it('a first key is made at once, and its secret shown this once', async () => {
  answers('helpdesk.api.profile.get_profile', { api_key: '' })
  renderInDesk(ApiTab)
  await fireEvent.click(await screen.findByRole('button', { name: 'Make a key' }))
  await waitFor(() => expect(screen.getByRole('region', { name: 'Secret' }).textContent).toContain('secret1')) // prettier-ignore
  expect(screen.getByText(/token key1:secret1/)).toBeTruthy()
  expect(asked.find(({ method }) => method === MAKE)?.args).toEqual({ user: 'anna@x' })
})

it('a new secret locks the old one out, so that it asks first', async () => {
  answers('helpdesk.api.profile.get_profile', { api_key: 'key1' })
  renderInDesk(ApiTab)
  await fireEvent.click(await screen.findByRole('button', { name: 'Make a new secret' }))
  const dialog = await screen.findByRole('dialog')
  expect(asked.some(({ method }) => method === MAKE)).toBe(false)
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Make a new secret' }))
  await waitFor(() => expect(asked.some(({ method }) => method === MAKE)).toBe(true))
})
