import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Outlook } from '@/api/tickets'
import type { Ticket } from '@/types/ticket'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import PortalEnd from './PortalEnd.vue'

const RESOLVED: Partial<Ticket> = { status: 'Done', status_category: 'Resolved' }
const CLOSED: Partial<Ticket> = { status: 'Closed', status_category: 'Resolved' }
function show(ticket: Partial<Ticket>, outlook: Partial<Outlook> = {}) {
  const standing = { may_reply: true, closes_on: null, reopens_until: null, moments: [], ...outlook } // prettier-ignore
  return renderInDesk(PortalEnd, { ticket: sampleTicket(ticket), outlook: standing })
}

it('asks whether it is solved, and says when it closes without an answer', async () => {
  const { emitted } = show(RESOLVED, { closes_on: '2026-03-09 12:00:00' })
  expect(screen.getByText(/closes by itself on .*9/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Yes, close it' }))
  expect(emitted('close')).toHaveLength(1)
  await userEvent.click(screen.getByRole('button', { name: 'Not yet' }))
  expect(await screen.findByRole('button', { name: 'Send' })).toBeTruthy()
})

it('names no day where nothing closes by itself', () => {
  show(RESOLVED)
  expect(screen.queryByText(/closes by itself/)).toBeNull()
})

it('opens a closed ticket by an answer as long as that is allowed', () => {
  show(CLOSED, { reopens_until: '2026-03-09 12:00:00' })
  expect(screen.getByText(/Until .*9.*, an answer opens this ticket again/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Write an answer…' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Yes, close it' })).toBeNull()
})

it('leads to a new ticket that goes on from a finished one', () => {
  show(CLOSED, { may_reply: false })
  const link = screen.getByRole('link', { name: /Still a problem/ })
  expect(link.getAttribute('href')).toBe('/my-tickets/new?follows=7')
  expect(screen.queryByRole('button', { name: 'Write an answer…' })).toBeNull()
})
