import { expect, it } from 'vitest'
import { screen, waitFor } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import MetricCard from './MetricCard.vue'

it('shows a time, and that less of it is better', async () => {
  renderInDesk(MetricCard, { title: 'My first response', isDuration: true, fetch: async () => ({ average: 3600, percentage_change: -12.4, data: [] }) }) // prettier-ignore
  const change = await waitFor(() => screen.getByText('↓ 12 % against the 30 days before'))
  expect(change.className).toContain('green')
  expect(screen.getByText('1h')).toBeTruthy()
})

it('offers to try again when the numbers do not come', async () => {
  let turn = 0
  renderInDesk(MetricCard, { title: 'My tickets', fetch: () => (turn++ ? Promise.resolve({ total: 5, percentage_change: null }) : Promise.reject(new Error('Gone'))) }) // prettier-ignore
  ;(await waitFor(() => screen.getByRole('button'))).click()
  expect(await waitFor(() => screen.getByText('5'))).toBeTruthy()
})
