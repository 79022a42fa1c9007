import { screen } from '@testing-library/vue'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers } from '@/test/server'
import SlaClocks from './SlaClocks.vue'

const CLOCK = { server_time: '2026-03-02 09:00:00', response_used: 0.4, resolution_used: 0.1 }
beforeEach(() => answers('helpdesk.api.ticket.get_sla_clock', CLOCK))

it('says how pressing it is, and how much of each promise is used', async () => {
  renderInDesk(SlaClocks, { ticket: sampleTicket({ sla_state: 'On Track' }) })
  expect(screen.getByText('On track')).toBeTruthy()
  const bars = await screen.findAllByRole('meter')
  expect(bars.map((bar) => bar.getAttribute('aria-valuenow'))).toEqual(['40', '10'])
})

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
