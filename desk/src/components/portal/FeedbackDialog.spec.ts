import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import FeedbackDialog from './FeedbackDialog.vue'

it('offers the reasons of the chosen stars, and wants one', async () => {
  answers('frappe.client.get_list', [
    { name: 'Fast', label: 'Fast', rating: 1 },
    { name: 'Slow', label: 'Slow', rating: 0.2 },
  ])
  const send = vi.fn().mockResolvedValue(null)
  renderInDesk(FeedbackDialog, { modelValue: true, send, closes: true })
  await userEvent.click(await screen.findByLabelText('5 of 5 stars'))
  expect(await screen.findByLabelText('Fast')).toBeTruthy()
  expect(screen.queryByLabelText('Slow')).toBeNull()
  await userEvent.click(screen.getByLabelText('Fast'))
  await userEvent.type(screen.getByLabelText(/Anything else/), 'Thanks')
  await userEvent.click(screen.getByLabelText('1 of 5 stars'))
  await userEvent.click(await screen.findByLabelText('Slow'))
  await userEvent.click(screen.getByRole('button', { name: 'Send and close the ticket' }))
  expect(send).toHaveBeenCalledWith({ option: 'Slow', text: '' })
})
