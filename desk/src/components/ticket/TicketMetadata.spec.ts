import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import TicketMetadata from './TicketMetadata.vue'

it('tells when it was made and solved, and leaves out what did not happen', async () => {
  const solved = { resolution_date: '2026-03-02 12:00:00', resolution_time: 7200, feedback_rating: 0.8 } // prettier-ignore
  const { rerender } = renderInDesk(TicketMetadata, { ticket: sampleTicket({ channel: 'Phone', ...solved }) }) // prettier-ignore
  for (const text of ['Created', 'Resolved', '2h', 'Feedback', 'Phone'])
    expect(screen.getByText(text)).toBeTruthy()
  await rerender({ ticket: sampleTicket() })
  for (const text of ['Resolved', 'Time to resolve', 'Feedback'])
    expect(screen.queryByText(text)).toBeNull()
})
