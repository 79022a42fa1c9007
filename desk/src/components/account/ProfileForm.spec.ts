import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ProfileForm from './ProfileForm.vue'

const profile = {
  email: 'cleo@x',
  first_name: 'Cleo',
  last_name: '',
  language: '',
  time_zone: '',
  languages: [{ name: 'de', language_name: 'Deutsch' }],
  time_zones: ['Europe/Berlin'],
}

it('saves name and language, and says when the page must start anew', async () => {
  answers('helpdesk.api.profile.save_profile', null)
  const { emitted } = renderInDesk(ProfileForm, { profile })
  await userEvent.type(screen.getByLabelText('Last name'), 'Patra')
  await userEvent.selectOptions(screen.getByLabelText('Language'), 'Deutsch')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await vi.waitFor(() => expect(emitted().saved).toEqual([[true]]))
  expect(asked.at(-1)?.args).toEqual({
    first_name: 'Cleo',
    last_name: 'Patra',
    language: 'de',
    time_zone: '',
  })
})
