import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import WaitingChip from './WaitingChip.vue'

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ') // prettier-ignore

it('tells how long the requester has waited, and nothing when nobody does', () => {
  const { unmount } = renderInDesk(WaitingChip, {
    ticket: sampleTicket({ needs_response: 1, last_customer_response: ago(2) }),
  })
  expect(screen.getByText('Waiting for us · 2h')).toBeTruthy()
  unmount()
  const { container } = renderInDesk(WaitingChip, { ticket: sampleTicket({ needs_response: 0 }) })
  expect(container.textContent).toBe('')
})

it('says nothing on an archived ticket, which nobody is to answer', () => {
  const { container } = renderInDesk(WaitingChip, { ticket: sampleTicket({ needs_response: 1, is_archived: 1 }) }) // prettier-ignore
  expect(container.textContent).toBe('')
})
