import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import MailRhythm from './MailRhythm.vue'

const API = 'helpdesk.api.notifications'
const NONE = { digest: '', quiet_from: '', quiet_until: '', follow_teams: false, time_zone: 'Europe/Berlin' } // prettier-ignore

it('stores when mails may come, in one’s own time zone', async () => {
  answers(`${API}.get_rhythm`, NONE)
  answers(`${API}.save_rhythm`, (args) => ({ ...NONE, ...args }) as never)
  renderInDesk(MailRhythm)
  expect(await screen.findByText('in your time zone, Europe/Berlin')).toBeTruthy()
  const save = screen.getByRole('button', { name: 'Save' })
  expect(save).toHaveProperty('disabled', true)
  await userEvent.selectOptions(screen.getByLabelText('Mails'), 'Daily')
  await userEvent.type(screen.getByLabelText('Quiet from'), '22:00')
  await userEvent.type(screen.getByLabelText('until'), '07:00')
  await userEvent.click(screen.getByRole('switch', { name: /Follow my teams/ }))
  await userEvent.click(save)
  const args = { digest: 'Daily', quiet_from: '22:00', quiet_until: '07:00', follow_teams: true }
  await vi.waitFor(() => expect(asked).toContainEqual({ method: `${API}.save_rhythm`, args }))
  await vi.waitFor(() => expect(save).toHaveProperty('disabled', true))
})

it('keeps what was chosen when the server refuses it', async () => {
  answers(`${API}.get_rhythm`, NONE)
  refuses(`${API}.save_rhythm`, 'Quiet hours need a beginning and an end.')
  renderInDesk(MailRhythm)
  await userEvent.type(await screen.findByLabelText('Quiet from'), '22:00')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', false)) // prettier-ignore
  expect(screen.getByLabelText('Quiet from')).toHaveProperty('value', '22:00')
})
