import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { liveCall } from '@/test/calls'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { fire } from '@/test/socket'
import { useCalls } from '@/stores/calls'
import { useLayout } from '@/stores/layout'
import CallCenter from './CallCenter.vue'

it('shows the call of this moment, large or small', async () => {
  useCalls().call = liveCall()
  renderInDesk(CallCenter)
  await fireEvent.click(screen.getByRole('button', { name: 'Make it small' }))
  await fireEvent.click(screen.getByRole('button', { name: /Show the call/ }))
  expect(screen.getByRole('region', { name: /Call with/ })).toBeTruthy()
})

it('hears what Exotel reports', async () => {
  answers('telephony.api.get_contact_by_phone_number', {})
  renderInDesk(CallCenter)
  fire('exotel_call', { CallSid: 's', Direction: 'incoming', CallFrom: '+49' })
  expect(await screen.findByRole('region', { name: 'Call with +49' })).toBeTruthy()
})

it('is called from the palette, and asks for the number', async () => {
  renderInDesk(CallCenter)
  useLayout()
    .commands.find(({ label }) => label === 'Call a number')
    ?.run()
  expect(await screen.findByRole('dialog', { name: 'Call a number' })).toBeTruthy()
})

it('asks by what to call', async () => {
  renderInDesk(CallCenter)
  useCalls().media = ['Twilio', 'Exotel']
  useCalls().wanted = { number: '+49', ticket: null }
  await waitFor(() => expect(screen.getByRole('dialog', { name: 'Call +49 by …' })).toBeTruthy())
})
