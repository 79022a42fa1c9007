import { expect, it, vi } from 'vitest'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { renderInDesk } from '@/test/render'
import ChartCard from './ChartCard.vue'

const filters = { from_date: '2026-05-01', to_date: '2026-05-31' }
const pie = { type: 'pie', title: 'By team', categoryColumn: 'team', valueColumn: 'count', data: [{ team: 'Billing', count: 4 }] } // prettier-ignore

it('each share leads to its tickets', () => {
  renderInDesk(ChartCard, { chart: pie, filters })
  const address = screen.getByRole('link', { name: 'Billing 4 100 %' }).getAttribute('href') ?? ''
  const asked = new URL(address, 'http://x').searchParams.get('filters') ?? ''
  expect(JSON.parse(asked)).toEqual([['creation', 'between', ['2026-05-01', '2026-05-31']], ['agent_group', '=', 'Billing']]) // prettier-ignore
})

it('a bar leads to its tickets, and so does each number of the table', async () => {
  const trend = { type: 'axis', title: 'Trend', data: [{ date: '2026-05-04', open: 2 }], xAxis: { key: 'date', type: 'time' }, yAxis: { title: 'Tickets' }, series: [{ name: 'open', type: 'bar' }] } // prettier-ignore
  const { router } = renderInDesk(ChartCard, { chart: trend, filters })
  const address = screen.getByRole('link', { name: '2', hidden: true }).getAttribute('href')
  await userEvent.click(screen.getByTestId('chart'))
  await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe(address))
  expect(router.currentRoute.value.query.filters).toContain('["status_category","=","Open"]')
})

it('says so when there are no numbers', () => {
  renderInDesk(ChartCard, { chart: { ...pie, data: [{ team: 'Billing', count: 0 }] }, filters })
  expect(screen.getByText('No tickets in this time')).toBeTruthy()
  expect(screen.queryByRole('link')).toBeNull()
})
