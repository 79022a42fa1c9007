import { beforeEach, expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked, refuses } from '@/test/server'
import { renderInDesk } from '@/test/render'
import AgentsTab from './AgentsTab.vue'

const ROLE = 'helpdesk.helpdesk.doctype.hd_agent.hd_agent.update_agent_role'
const agent = (user: string, agent_name: string, is_active: 0 | 1) => ({ name: user, user, agent_name, user_image: null, is_active }) // prettier-ignore

beforeEach(() => {
  answers('frappe.client.get_list', [agent('anna@x', 'Anna', 1), agent('arne@x', 'Arne', 1), agent('ole@x', 'Ole', 0)]) // prettier-ignore
  answers('helpdesk.api.session.get_users', [{ name: 'arne@x', role: 'Manager' }])
})

it('shows active agents first, and finds people by their address', async () => {
  renderInDesk(AgentsTab)
  await waitFor(() => screen.getByText('Anna'))
  expect(screen.queryByText('Ole')).toBeNull()
  await fireEvent.update(screen.getByLabelText('Show'), 'all')
  await fireEvent.update(screen.getByRole('searchbox'), 'ole@')
  expect(screen.getByText('Ole')).toBeTruthy()
  expect(screen.queryByText('Anna')).toBeNull()
})

it('changes a role', async () => {
  answers(ROLE, null)
  renderInDesk(AgentsTab)
  const select = await waitFor(() => screen.getByLabelText('Role of Anna'))
  await fireEvent.update(select, 'Manager')
  await waitFor(() => expect(asked.find(({ method }) => method === ROLE)?.args).toEqual({ user: 'anna@x', new_role: 'Manager' })) // prettier-ignore
})

it('shows what is stored again when the server refuses', async () => {
  refuses('frappe.client.set_value', 'Not you')
  renderInDesk(AgentsTab)
  const toggle = await waitFor(() => screen.getByRole('switch', { name: 'Anna is active' }))
  await fireEvent.click(toggle)
  await waitFor(() => expect(asked.filter(({ method }) => method === 'frappe.client.get_list')).toHaveLength(2)) // prettier-ignore
  expect(screen.getByRole('switch', { name: 'Anna is active' }).getAttribute('aria-checked')).toBe('true') // prettier-ignore
})

it('opens what an agent knows and sees', async () => {
  answers('frappe.client.get', { name: 'arne@x', skills: 'SQL' })
  renderInDesk(AgentsTab)
  await fireEvent.click(await screen.findByRole('button', { name: 'Skills and tickets of Arne' }))
  expect(await screen.findByDisplayValue('SQL')).toBeTruthy()
  expect(screen.getByText('Managers see all tickets.')).toBeTruthy()
})
