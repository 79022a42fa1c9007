import { expect, it, vi } from 'vitest'
import { screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import ChartCard from './ChartCard.vue'

// jsdom cannot draw; what people read and follow is around the picture.
vi.mock('frappe-ui', async (load) => ({
  ...(await load<object>()),
  DonutChart: { template: '<div />' },
  AxisChart: { template: '<div />' },
}))
const filters = { from_date: '2026-05-01', to_date: '2026-05-31' }
const pie = { type: 'pie', title: 'By team', categoryColumn: 'team', valueColumn: 'count', data: [{ team: 'Billing', count: 4 }] } // prettier-ignore

it('each share leads to its tickets', () => {
  renderInDesk(ChartCard, { chart: pie, filters })
  const address = screen.getByRole('link', { name: 'Billing (4)' }).getAttribute('href') ?? ''
  const asked = new URL(address, 'http://x').searchParams.get('filters') ?? ''
  expect(JSON.parse(asked)).toEqual([['creation', 'between', ['2026-05-01', '2026-05-31']], ['agent_group', '=', 'Billing']]) // prettier-ignore
})

it('says so when there are no numbers', () => {
  renderInDesk(ChartCard, { chart: { ...pie, data: [{ team: 'Billing', count: 0 }] }, filters })
  expect(screen.getByText('No numbers in this time')).toBeTruthy()
  expect(screen.queryByRole('link')).toBeNull()
})
