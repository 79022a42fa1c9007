import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import DashboardPage from './DashboardPage.vue'

const API = 'helpdesk.api.dashboard.get_dashboard_data'
const numbers = [{ title: 'Tickets', value: 151, delta: 3, deltaSuffix: '%' }]
const filters = () => asked.filter(({ method }) => method === API).map(({ args }) => args.filters as Record<string, string>) // prettier-ignore

beforeEach(() => {
  answers('frappe.client.get_list', ({ doctype }) => doctype === 'HD Agent' ? [{ name: 'arne@x', agent_name: 'Arne', user_image: null }] : []) // prettier-ignore
  answers(API, ({ dashboard_type }) => (dashboard_type === 'number_card' ? numbers : []))
})
function shownTo(user: object) {
  useSession().user = { user_id: 'anna@x', ...user } as CurrentUser
  renderInDesk(DashboardPage)
  return screen.findByRole('link', { name: /151/ })
}

it('shows agents their own numbers, and never asks for those of others', async () => {
  const number = await shownTo({ is_manager: false })
  expect(filters().every(({ agent }) => agent === 'anna@x')).toBe(true)
  expect(screen.queryByLabelText('Team')).toBeNull()
  expect(decodeURIComponent(number.getAttribute('href') ?? '')).toContain('%anna@x%')
})

it('lets managers ask for everybody, for one agent, or for themselves', async () => {
  await shownTo({ is_manager: true })
  await userEvent.selectOptions(screen.getByLabelText('Agent'), 'arne@x')
  await vi.waitFor(() => expect(filters().at(-1)?.agent).toBe('arne@x'))
  await userEvent.selectOptions(screen.getByLabelText('Whose tickets'), 'mine')
  await vi.waitFor(() => expect(filters().at(-1)?.agent).toBe('anna@x'))
})

it('asks for days of one’s own once both are chosen', async () => {
  await shownTo({ is_manager: true })
  await userEvent.selectOptions(screen.getByLabelText('Period'), 'own')
  await userEvent.type(screen.getByLabelText('From'), '2026-05-01')
  await userEvent.type(screen.getByLabelText('Until'), '2026-05-31')
  await vi.waitFor(() => expect(filters().at(-1)).toMatchObject({ from_date: '2026-05-01', to_date: '2026-05-31' })) // prettier-ignore
})

it('offers the agents of the chosen team', async () => {
  answers('frappe.client.get_list', ({ doctype }) => doctype === 'HD Agent' ? [{ name: 'arne@x', agent_name: 'Arne' }, { name: 'anna@x', agent_name: 'Anna' }] : doctype === 'HD Team' ? [{ name: 'Billing' }] : []) // prettier-ignore
  answers('helpdesk.helpdesk.doctype.hd_team.hd_team.get_team_members', ['arne@x'])
  await shownTo({ is_manager: true })
  await userEvent.selectOptions(screen.getByLabelText('Team'), 'Billing')
  const offered = () => [...screen.getByLabelText<HTMLSelectElement>('Agent').options].map(({ label }) => label) // prettier-ignore
  await vi.waitFor(() => expect(offered()).toEqual(['Any agent', 'Arne']))
})

it('says once that there is nothing, and how to go on', async () => {
  const trend = {
    type: 'axis',
    title: 'Trend',
    data: [{ date: '2026-05-01', open: 0 }],
    series: [],
  }
  answers(API, ({ dashboard_type }) => (dashboard_type === 'number_card' ? numbers : [trend]))
  await shownTo({ is_manager: true })
  expect(await screen.findByText('Choose a longer period.')).toBeTruthy()
  expect(screen.queryByRole('region', { name: 'Trend' })).toBeNull()
})
