import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useCalls } from '@/stores/calls'
import MediumDialog from './MediumDialog.vue'

it('calls by what was chosen, and remembers it when asked to', async () => {
  answers('telephony.api.set_default_calling_medium', null)
  answers('telephony.api.get_contact_by_phone_number', {})
  answers('telephony.exotel.handler.make_a_call', { Sid: 's' })
  const calls = useCalls()
  calls.media = ['Twilio', 'Exotel']
  calls.wanted = { number: '+49', ticket: null }
  renderInDesk(MediumDialog)
  await userEvent.click(await screen.findByRole('switch', { name: /Always/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Exotel' }))
  await waitFor(() => expect(calls.call?.id).toBe('s'))
  expect(asked.map(({ method }) => method)).toContain('telephony.api.set_default_calling_medium')
  expect(calls.preferred).toBe('Exotel')
})
