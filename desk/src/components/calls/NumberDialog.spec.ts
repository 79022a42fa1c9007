import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useCalls } from '@/stores/calls'
import NumberDialog from './NumberDialog.vue'

it('calls the number about the ticket, once it is one', async () => {
  answers('telephony.api.get_contact_by_phone_number', {})
  answers('telephony.exotel.handler.make_a_call', { Sid: 's' })
  answers('helpdesk.integrations.telephony.api.link_call', null)
  const calls = useCalls()
  calls.media = ['Exotel']
  calls.wanted = { number: '', ticket: '7' }
  renderInDesk(NumberDialog)
  const send = await screen.findByRole<HTMLButtonElement>('button', { name: 'Call' })
  await userEvent.type(screen.getByRole('textbox', { name: /Phone/ }), 'Cleo')
  expect(send.disabled).toBe(true)
  await userEvent.clear(screen.getByRole('textbox', { name: /Phone/ }))
  await userEvent.type(screen.getByRole('textbox', { name: /Phone/ }), '+49 30 123456')
  await userEvent.click(send)
  await waitFor(() => expect(calls.call).toMatchObject({ number: '+49 30 123456', ticket: '7' }))
  expect(asked.some(({ args }) => args.to_number === '+49 30 123456')).toBe(true)
})
