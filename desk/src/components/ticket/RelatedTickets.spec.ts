import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import RelatedTickets from './RelatedTickets.vue'

const api = 'helpdesk.helpdesk.doctype.hd_ticket.api'

it('lists recent and similar tickets as links', async () => {
  const one = { name: 3, subject: 'Smoke', status: 'Open', creation: '2026-03-01 10:00:00' }
  answers(`${api}.get_recent_similar_tickets`, { recent_tickets: [one], similar_tickets: [] })
  renderInDesk(RelatedTickets, { ticket: 7 })
  expect((await screen.findByRole('link', { name: /#3 Smoke/ })).getAttribute('href')).toBe(
    '/tickets/3',
  )
  expect(screen.queryByText('Similar tickets')).toBeNull()
})

it('leads to the ticket this one goes on from', () => {
  answers(`${api}.get_recent_similar_tickets`, { recent_tickets: [], similar_tickets: [] })
  renderInDesk(RelatedTickets, { ticket: 7, follows: 3 })
  expect(screen.getByRole('link', { name: '#3' }).getAttribute('href')).toBe('/tickets/3')
})
