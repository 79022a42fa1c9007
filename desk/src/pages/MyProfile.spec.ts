import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, refuses } from '@/test/server'
import MyProfile from './MyProfile.vue'

const PROFILE = 'helpdesk.api.profile.get_profile'
const profile = { email: 'cleo@customer.test', first_name: 'Cleo', last_name: '', language: '', time_zone: '', languages: [], time_zones: [] } // prettier-ignore

it('shows who one is, the theme and the password', async () => {
  answers(PROFILE, profile)
  renderInDesk(MyProfile)
  expect(await screen.findByText('You sign in as cleo@customer.test.')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>(/First name/).value).toBe('Cleo')
  await userEvent.click(screen.getByRole('radio', { name: 'Dark' }))
  await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'))
  await userEvent.click(screen.getByRole('radio', { name: 'Light' }))
  await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'))
  expect(screen.getByRole('form', { name: 'Password' })).toBeTruthy()
})

it('offers to try again when the profile cannot be fetched', async () => {
  refuses(PROFILE, 'broken', 500)
  renderInDesk(MyProfile)
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
})
