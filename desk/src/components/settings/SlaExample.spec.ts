import { expect, it } from 'vitest'
import { screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import SlaExample from './SlaExample.vue'

const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((workday) => ({ workday, start_time: '09:00:00', end_time: '17:00:00' })) // prettier-ignore

it('carries a promise over the weekend', () => {
  const values = { apply_sla_for_resolution: 1, support_and_resolution: week, priorities: [{ priority: 'High', response_time: 3600, resolution_time: 14400 }] } // prettier-ignore
  renderInDesk(SlaExample, { values })
  expect(screen.getByText('High: answered by Monday 09:30, resolved by Monday 12:30')).toBeTruthy()
})

it('leaves out a resolution that is not promised', () => {
  const values = { apply_sla_for_resolution: 0, support_and_resolution: week, priorities: [{ priority: 'High', response_time: 3600, resolution_time: 14400 }] } // prettier-ignore
  renderInDesk(SlaExample, { values })
  expect(screen.getByText('High: answered by Monday 09:30')).toBeTruthy()
})

it('says nothing before there are times and working hours', () => {
  renderInDesk(SlaExample, { values: { support_and_resolution: week, priorities: [{}] } })
  expect(screen.queryByRole('region')).toBeNull()
})
