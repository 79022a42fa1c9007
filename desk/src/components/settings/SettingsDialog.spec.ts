import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { answers } from '@/test/server'
import { answerQuestion } from '@/test/question'
import { narrowScreen, renderInDesk } from '@/test/render'
import { useLayout } from '@/stores/layout'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import SettingsDialog from './SettingsDialog.vue'

beforeEach(() => {
  answers('frappe.client.get_list', [])
  answers('frappe.client.get', { first_name: 'Anna', last_name: '', email_signature: '', user_image: null }) // prettier-ignore
})
async function open(tab: string, rights: Partial<CurrentUser> = { is_manager: true }) {
  useSession().user = { user_id: 'anna@x', ...rights } as CurrentUser
  useLayout().settingsTab = tab
  renderInDesk(SettingsDialog)
  return within(await screen.findByRole('navigation', { name: 'Settings' }))
}

it('shows everybody what they may set, and no more', async () => {
  const nav = await open('profile', {})
  expect(nav.getByRole('button', { name: 'Saved replies' })).toBeTruthy()
  expect(nav.queryByRole('button', { name: 'Teams' })).toBeNull()
  expect(nav.queryByRole('button', { name: 'General' })).toBeNull()
})

it('offers what an app of the site needs, where it is there', async () => {
  const nav = await open('profile')
  expect(nav.queryByRole('button', { name: 'ERPNext' })).toBeNull()
  cleanup()
  window.apps = ['erpnext']
  onTestFinished(() => void delete window.apps)
  expect((await open('profile')).getByRole('button', { name: 'ERPNext' })).toBeTruthy()
})

it('shows the list or a tab on a phone, with a way back', async () => {
  narrowScreen()
  const nav = await open('')
  expect(screen.queryByRole('heading', { name: 'Profile' })).toBeNull()
  await fireEvent.click(nav.getByRole('button', { name: 'Profile' }))
  expect(await screen.findByRole('heading', { name: 'Profile' })).toBeTruthy()
  expect(screen.queryByRole('navigation', { name: 'Settings' })).toBeNull()
  await fireEvent.click(screen.getByRole('button', { name: 'All settings' }))
  expect(screen.getByRole('navigation', { name: 'Settings' })).toBeTruthy()
})

it('goes to the first tab that is found', async () => {
  const nav = await open('profile')
  const search = nav.getByRole('searchbox')
  await fireEvent.update(search, 'team')
  await fireEvent.keyDown(search, { key: 'Enter' })
  await waitFor(() => expect(useLayout().settingsTab).toBe('teams'))
})

it('asks before what is unsaved is left for another tab', async () => {
  const nav = await open('stopwords')
  await fireEvent.click(screen.getByRole('button', { name: 'New' }))
  await fireEvent.update(screen.getByLabelText('Word *'), 'the')
  const leave = () => fireEvent.click(nav.getByRole('button', { name: 'Teams' }))
  await leave()
  await answerQuestion(false)
  expect(useLayout().settingsTab).toBe('stopwords')
  await leave()
  await answerQuestion(true)
  await waitFor(() => expect(useLayout().settingsTab).toBe('teams'))
})
