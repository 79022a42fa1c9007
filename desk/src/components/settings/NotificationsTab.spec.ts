import { beforeEach, expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import type { CurrentUser } from '@/api/session'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { useSession } from '@/stores/session'
import NotificationsTab from './NotificationsTab.vue'

const API = 'helpdesk.api.notifications'
const ROWS = [
  { notification_type: 'Assignment', in_app: true, email: null, is_own: false, is_locked: false },
  { notification_type: 'Mention', in_app: true, email: true, is_own: false, is_locked: false },
]
beforeEach(() => answers(`${API}.get_rhythm`, { digest: '', quiet_from: '', quiet_until: '', follow_teams: false, time_zone: 'UTC' })) // prettier-ignore
const toggle = (name: string) => screen.findByRole('switch', { name })
const isOn = async (name: string) => (await toggle(name)).getAttribute('aria-checked')

it('stores a choice at once, and offers the way back', async () => {
  answers(`${API}.get_preferences`, ROWS)
  answers(`${API}.save_preference`, ROWS)
  answers(`${API}.reset_preferences`, ROWS)
  renderInDesk(NotificationsTab)
  expect(await isOn('Assignments: in the desk')).toBe('true')
  expect(screen.queryByRole('switch', { name: 'Assignments: by mail' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Back to the usual' })).toBeNull()
  await fireEvent.click(await toggle('Mentions: by mail'))
  expect(await isOn('Mentions: by mail')).toBe('false')
  await waitFor(() => expect(asked).toContainEqual({ method: `${API}.save_preference`, args: { notification_type: 'Mention', in_app: true, email: false, for_everybody: false } })) // prettier-ignore
  await fireEvent.click(screen.getByRole('button', { name: 'Back to the usual' }))
  await waitFor(async () => expect(await isOn('Mentions: by mail')).toBe('true'))
})

it('puts a switch back that is refused', async () => {
  answers(`${API}.get_preferences`, ROWS)
  refuses(`${API}.save_preference`, 'No')
  renderInDesk(NotificationsTab)
  await fireEvent.click(await toggle('Mentions: in the desk'))
  expect(await isOn('Mentions: in the desk')).toBe('false')
  await waitFor(async () => expect(await isOn('Mentions: in the desk')).toBe('true'))
})

it('lets managers, and nobody else, choose for everybody', async () => {
  answers(`${API}.get_preferences`, ROWS)
  const { unmount } = renderInDesk(NotificationsTab)
  await toggle('Mentions: by mail')
  expect(screen.queryByRole('switch', { name: 'For everybody' })).toBeNull()
  unmount()
  useSession().user = { user_id: 'anna@x', is_manager: true } as CurrentUser
  renderInDesk(NotificationsTab)
  await fireEvent.click(await toggle('For everybody'))
  await waitFor(() => expect(asked).toContainEqual({ method: `${API}.get_preferences`, args: { for_everybody: '1' } })) // prettier-ignore
  expect(await screen.findByRole('button', { name: 'Send a test mail' })).toBeTruthy()
  expect(screen.queryByRole('region', { name: 'When mails come' })).toBeNull()
})
