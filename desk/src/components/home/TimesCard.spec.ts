import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import TimesCard from './TimesCard.vue'

const API = 'helpdesk.api.agent_home.agent_home.get_avg_time_metrics'

it('draws hours per month, and asks again for another time', async () => {
  answers(API, { data: [['May', 7200, 36_000]], averages: { first_response: 7200, resolution: 36_000 } }) // prettier-ignore
  renderInDesk(TimesCard)
  expect((await screen.findByTestId('chart')).textContent).toContain('["May",10]')
  await userEvent.selectOptions(screen.getByLabelText('Period'), '1y')
  await vi.waitFor(() => expect(asked.map(({ args }) => args.period)).toEqual(['6m', '1y']))
})

it('says when nothing was answered', async () => {
  answers(API, { data: [], averages: { first_response: 0, resolution: 0 } })
  renderInDesk(TimesCard)
  expect(await screen.findByText('No answered tickets in this time')).toBeTruthy()
})
