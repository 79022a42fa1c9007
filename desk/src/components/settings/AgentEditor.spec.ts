import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useMasters } from '@/stores/masters'
import agent from '../../../../helpdesk/helpdesk/doctype/hd_agent/hd_agent.json'
import AgentEditor from './AgentEditor.vue'
import { AGENT } from './agentFields'

beforeEach(() => {
  answers('frappe.client.get', { name: 'anna@x', skills: 'SQL', only_own_and_unassigned: 0, categories: [{ category: 'Billing' }] }) // prettier-ignore
  answers('frappe.client.save', (args) => args.doc as object as never)
})
async function open(props: object = {}) {
  useMasters().categories = [{ name: 'Billing' }, { name: 'Technical' }]
  const view = renderInDesk(AgentEditor, { modelValue: true, name: 'anna@x', title: 'Anna', ...props }) // prettier-ignore
  await screen.findByDisplayValue('SQL')
  return view
}

it('stores what an agent knows and sees, the whole record at once', async () => {
  const { emitted } = await open()
  await userEvent.click(screen.getByRole('switch'))
  await userEvent.type(screen.getByLabelText('Skills'), ', French')
  await userEvent.click(screen.getByRole('button', { name: 'Technical' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(emitted('saved')).toHaveLength(1))
  expect(asked.at(-1)?.args.doc).toMatchObject({ skills: 'SQL, French', only_own_and_unassigned: 1, categories: [{ category: 'Billing' }, { category: 'Technical' }] }) // prettier-ignore
})

it('offers managers no scope, for they have none', async () => {
  await open({ isManager: true })
  expect(screen.queryByRole('switch')).toBeNull()
  expect(screen.getByText('Managers see all tickets.')).toBeTruthy()
})

it('asks for nothing that an agent has not', () => {
  const known = agent.fields.map(({ fieldname }) => fieldname)
  expect(AGENT.fields.filter(({ name }) => !known.includes(name))).toEqual([])
})
