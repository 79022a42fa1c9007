import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked, refuses } from '@/test/server'
import { renderInDesk } from '@/test/render'
import PreferencesTab from './PreferencesTab.vue'

const SAVE = 'helpdesk.api.profile.save_profile'
const PROFILE = { email: 'a@x', first_name: 'Anna', last_name: 'A', language: 'en', time_zone: '', languages: [{ name: 'en', language_name: 'English' }, { name: 'de', language_name: 'Deutsch' }], time_zones: ['Europe/Berlin'] } // prettier-ignore

it('changes language and time zone, and leaves the name alone', async () => {
  answers('helpdesk.api.profile.get_profile', PROFILE)
  refuses(SAVE, 'Not now')
  renderInDesk(PreferencesTab)
  await fireEvent.update(await screen.findByLabelText('Language'), 'de')
  await fireEvent.update(screen.getByLabelText('Time zone'), 'Europe/Berlin')
  await fireEvent.click(screen.getByRole('button', { name: 'Save and reload' }))
  await waitFor(() => expect(asked.at(-1)).toEqual({ method: SAVE, args: { first_name: 'Anna', last_name: 'A', language: 'de', time_zone: 'Europe/Berlin' } })) // prettier-ignore
  expect(screen.getByText('Not saved')).toBeTruthy()
})
