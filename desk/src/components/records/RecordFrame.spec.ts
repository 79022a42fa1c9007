import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import RecordFrame from './RecordFrame.vue'

beforeEach(() => {
  answers('frappe.client.get_list', [])
  answers('frappe.client.get_count', 0)
  for (const card of ['get_ticket_stats', 'get_sla_violations', 'get_avg_first_response_time', 'get_avg_resolution_time']) answers(`helpdesk.api.ticket_stats.${card}`, { total: 0, average: 0, data: [], percentage_change: null }) // prettier-ignore
  answers('helpdesk.api.ticket_stats.get_feedback_received', { data: [], average: 0, total: 0 })
})
const shown = (more: object) =>
  renderInDesk(RecordFrame, { kind: 'Contact', name: 'Cleo', title: 'Cleo Carter', list: { label: 'Contacts', to: '/contacts' }, state: 'ready', error: '', rights: {}, tab: { name: 'feedback', label: 'Feedback' }, consequences: ['Acme loses this contact.'], remove: vi.fn(), ...more }) // prettier-ignore

it('deletes after it was asked, and goes to the list', async () => {
  const remove = vi.fn(() => Promise.resolve())
  const { router } = shown({ remove, rights: { delete: true } })
  await userEvent.click(screen.getByRole('button', { name: 'What to do with Cleo Carter' }))
  expect(screen.queryByRole('menuitem', { name: 'Edit' })).toBeNull()
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  expect(await screen.findByText('Acme loses this contact.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await vi.waitFor(() => expect(remove).toHaveBeenCalledWith('Cleo', false))
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/contacts'))
})

it('shows readers what there is, and nothing to do', () => {
  shown({})
  expect(screen.getByRole('tab', { name: 'Feedback' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /What to do/ })).toBeNull()
})
