import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import SlaClock from './SlaClock.vue'

const shown = (values: object, used: number | null) =>
  renderInDesk(SlaClock, { ticket: sampleTicket(values), clock: 'response', label: 'First response', used }) // prettier-ignore

it('says how much of the time is used, where that is known', () => {
  const { unmount } = shown({}, 0.42)
  expect(screen.getByRole('meter', { name: 'First response: 42 % of the time used' })).toBeTruthy()
  unmount()
  shown({}, null)
  expect(screen.queryByRole('meter')).toBeNull()
})

it('is nothing without a promise', () => {
  shown({ response_by: null }, null)
  expect(screen.queryByText('First response')).toBeNull()
})
