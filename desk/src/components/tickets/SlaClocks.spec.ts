import { screen } from '@testing-library/vue'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
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

const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ') // prettier-ignore
/** How often the server is asked for a ticket within so many minutes. */
async function looksIn(minutes: number, values: object): Promise<number> {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
  const { unmount } = renderInDesk(SlaClocks, { ticket: sampleTicket(values) })
  await vi.advanceTimersByTimeAsync(minutes * 60_000)
  unmount()
  return asked.length
}

it('asks once while the promises stand still', async () => {
  expect(await looksIn(30, { response_by: ahead(600), resolution_by: ahead(900), on_hold_since: ahead(-5) })).toBe(1) // prettier-ignore
})

it('asks seldom while there is much time', async () => {
  const found = await looksIn(30, { response_by: ahead(600), resolution_by: ahead(900), first_responded_on: null, resolution_date: null }) // prettier-ignore
  expect(found).toBeGreaterThan(2)
  expect(found).toBeLessThan(6)
})
