import { fireEvent, screen } from '@testing-library/vue'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useCalls } from '@/stores/calls'
import TicketCalls from './TicketCalls.vue'

it('calls the requester about the ticket, or logs that somebody did', async () => {
  const dial = vi.spyOn(useCalls(), 'dial').mockResolvedValue()
  const contact = { name: 'Cleo', email_id: null, phone: '+49', mobile_no: null, image: null }
  renderInDesk(TicketCalls, { ticket: '7', contact })
  await fireEvent.click(screen.getByRole('button', { name: 'Call Cleo' }))
  expect(dial).toHaveBeenCalledWith('+49', '7')
  await fireEvent.click(screen.getByRole('button', { name: 'Log a call' }))
  const number = await screen.findByRole<HTMLInputElement>('textbox', { name: /Their number/ })
  expect(number.value).toBe('+49')
})
