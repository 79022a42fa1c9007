import { fireEvent, screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import HomePage from './HomePage.vue'

const HOME = 'helpdesk.api.agent_home.agent_home'
const card = (chart: string, x: number) => ({ chart, layout: { i: chart, x, y: 0, w: 25, h: 8 } })
const tickets = card('agent_tickets', 0)
const pending = card('pending_tickets', 25)

beforeEach(() => {
  useSession().user = { user_id: 'anna@x', user_first_name: 'Anna' } as CurrentUser
  answers('frappe.client.get_list', [])
  answers(`${HOME}.get_agent_tickets`, { total: 39, data: [], percentage_change: null })
  answers(`${HOME}.get_pending_tickets`, { tickets: [], total_pending_tickets: 0 })
  answers(`${HOME}.get_dashboard`, { layout: [tickets, pending], default_layout: JSON.stringify([tickets, pending]), dashboard_id: 'home-anna' }) // prettier-ignore
})

it('greets, and each number leads to its tickets', async () => {
  renderInDesk(HomePage)
  expect(screen.getByRole('heading', { name: 'Hello, Anna' })).toBeTruthy()
  const number = await screen.findByRole('link', { name: /39/ })
  expect(decodeURIComponent(number.getAttribute('href') ?? '')).toContain('["_assign","like","%anna@x%"]') // prettier-ignore
})

it('is arranged by keyboard, and kept when it is saved', async () => {
  answers('frappe.client.set_value', {})
  renderInDesk(HomePage)
  await screen.findByRole('link', { name: /39/ })
  await userEvent.click(screen.getByRole('button', { name: 'Arrange' }))
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true)
  const frame = within(screen.getByRole('group', { name: 'Pending tickets' }))
  await userEvent.click(frame.getByRole('button', { name: 'Move Pending tickets forward' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  const saved = () => asked.find(({ method }) => method === 'frappe.client.set_value')?.args
  await vi.waitFor(() => expect(saved()).toMatchObject({ doctype: 'HD Field Layout', name: 'home-anna' })) // prettier-ignore
  expect(JSON.stringify(saved())).toMatch(/pending_tickets.*agent_tickets/)
})

it('says how to go on without cards', async () => {
  answers(`${HOME}.get_dashboard`, { layout: [], default_layout: '[]', dashboard_id: 'home-anna' })
  renderInDesk(HomePage)
  expect(await screen.findByText('No cards')).toBeTruthy()
})

it('is arranged by dragging one card to the place of another', async () => {
  renderInDesk(HomePage)
  await screen.findByRole('link', { name: /39/ })
  await userEvent.click(screen.getByRole('button', { name: 'Arrange' }))
  const frames = () => screen.getAllByRole('group').map((frame) => frame.getAttribute('aria-label'))
  expect(frames()).toEqual(['My tickets', 'Pending tickets'])
  await fireEvent.dragStart(screen.getByRole('group', { name: 'Pending tickets' }))
  await fireEvent.dragOver(screen.getByRole('group', { name: 'My tickets' }))
  await fireEvent.drop(screen.getByRole('group', { name: 'My tickets' }))
  expect(frames()).toEqual(['Pending tickets', 'My tickets'])
})
