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

it('shows no way to neighbours where there are none', () => {
  shown()
  expect(screen.queryByRole('button', { name: 'Next ticket' })).toBeNull()
})

it('lets nothing of an archived ticket be changed', () => {
  shown({ ticket: sampleTicket({ is_archived: 1 }), scriptActions: [{ label: 'Refund', onClick: vi.fn() }] }) // prettier-ignore
  for (const name of ['Edit the subject', /Change the status/, 'Refund'])
    expect(screen.queryByRole('button', { name })).toBeNull()
  expect(screen.getByText('Open')).toBeTruthy()
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
