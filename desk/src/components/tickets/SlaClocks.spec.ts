import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import SlaClocks from './SlaClocks.vue'

it('tells what was counted, and leaves out what did not happen', () => {
  renderInDesk(SlaClocks, {
    ticket: sampleTicket({
      first_responded_on: '2026-03-02 09:00:00',
      first_response_time: 3600,
      total_hold_time: 7200,
    }),
  })
  expect(screen.getByText('1h counted')).toBeTruthy()
  expect(screen.getByText('2h')).toBeTruthy()
  expect(screen.queryByText('Resolved')).toBeNull()
})
