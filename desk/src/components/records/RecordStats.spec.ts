import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import RecordStats from './RecordStats.vue'

const STATS = 'helpdesk.api.ticket_stats'

it('asks for another period when one is chosen, and shows how many stars were given', async () => {
  answers(`${STATS}.get_ticket_stats`, ({ period }) => ({ total: period === 'last week' ? 3 : 17, percentage_change: null })) // prettier-ignore
  answers(`${STATS}.get_sla_violations`, { total: 0, data: [], percentage_change: 0 })
  for (const method of ['get_avg_first_response_time', 'get_avg_resolution_time']) answers(`${STATS}.${method}`, { average: 3600, data: [], percentage_change: null }) // prettier-ignore
  answers(`${STATS}.get_feedback_received`, { data: [{ rating: 5, count: 2 }], average: 5, total: 2 }) // prettier-ignore
  renderInDesk(RecordStats, { kind: 'HD Customer', name: 'Acme' })
  expect(await screen.findByText('17')).toBeTruthy()
  expect(await screen.findByText('5 ★', { selector: 'p' })).toBeTruthy()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'Last week')
  expect(await screen.findByText('3')).toBeTruthy()
  expect(asked.find(({ method }) => method.endsWith('get_feedback_received'))?.args).toEqual({ scope: 'customer', value: 'Acme' }) // prettier-ignore
})
