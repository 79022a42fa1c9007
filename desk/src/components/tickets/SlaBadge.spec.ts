import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import SlaBadge from './SlaBadge.vue'

const inHours = (hours: number) =>
  new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

it('counts down, and says when it is too late', () => {
  const { unmount } = renderInDesk(SlaBadge, {
    ticket: sampleTicket({ response_by: inHours(2.5) }),
    clock: 'response',
    long: true,
  })
  expect(screen.getByText(/2h/)).toBeTruthy()
  unmount()
  renderInDesk(SlaBadge, {
    ticket: sampleTicket({ response_by: inHours(-3) }),
    clock: 'response',
    long: true,
  })
  expect(screen.getByText(/Overdue/)).toBeTruthy()
})
