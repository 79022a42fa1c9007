import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import TicketHeader from './TicketHeader.vue'

const shown = (props: object = {}) =>
  renderInDesk(TicketHeader, { ticket: sampleTicket(), viewers: [], ...props })

it('goes to the neighbours there are', async () => {
  const { emitted } = shown({ next: '8' })
  expect(screen.getByRole('button', { name: 'Previous ticket' })).toHaveProperty('disabled', true)
  await userEvent.click(screen.getByRole('button', { name: 'Next ticket' }))
  expect(emitted().go).toEqual([['8']])
})

it('names who else is here', () => {
  shown({ viewers: ['arne@x'] })
  expect(screen.getByText('Also here: arne@x')).toBeTruthy()
})

it('shows the buttons of form scripts', async () => {
  const onClick = vi.fn()
  shown({ scriptActions: [{ label: 'Refund', onClick }] })
  await userEvent.click(screen.getByRole('button', { name: 'Refund' }))
  expect(onClick).toHaveBeenCalledOnce()
})
