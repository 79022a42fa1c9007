import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleActivities, sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import AiActionDialog from './AiActionDialog.vue'

const opened = (suggestion: object) =>
  renderInDesk(AiActionDialog, { ticket: sampleTicket(), suggestion: { value: '', label: '', reason: 'Because.', ...suggestion } }) // prettier-ignore

it('changes a field only after a yes', async () => {
  const { emitted } = opened({ action: 'set_team', value: 'Billing', label: 'Billing' })
  expect(await screen.findByRole('dialog', { name: 'Give it to the team Billing' })).toBeTruthy()
  expect(screen.getByText('Because.')).toBeTruthy()
  expect(emitted('change')).toBeUndefined()
  await userEvent.click(screen.getByRole('button', { name: 'Do it' }))
  expect(emitted('change')).toEqual([[{ agent_group: 'Billing' }]])
  await waitFor(() => expect(emitted('close')).toHaveLength(1))
})

it('does nothing after a no', async () => {
  const { emitted } = opened({ action: 'set_status', value: 'Replied', label: 'Replied' })
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(emitted('close')).toHaveLength(1))
  expect(emitted('change')).toBeUndefined()
})

it('assigns', async () => {
  answers('helpdesk.api.ticket.assign_ticket_to_agent', {})
  const { emitted } = opened({ action: 'assign', value: 'arne@x', label: 'Arne' })
  await userEvent.click(await screen.findByRole('button', { name: 'Do it' }))
  await waitFor(() => expect(emitted('changed')).toHaveLength(1))
  expect(asked.at(-1)?.args).toMatchObject({ ticket_id: '7', agent_id: ['arne@x'] })
})

it('fills in why it is escalated', async () => {
  opened({ action: 'escalate' })
  const reason = await screen.findByRole('textbox', { name: /Reason/ })
  expect(reason).toHaveProperty('value', 'Because.')
  expect(asked).toEqual([])
})

it('chooses the ticket to merge into', async () => {
  answers('frappe.client.get_list', [{ name: 8, subject: 'Smoke' }, { name: 9, subject: 'Fire' }]) // prettier-ignore
  answers('helpdesk.helpdesk.doctype.hd_ticket.api.get_ticket_activities', sampleActivities())
  opened({ action: 'merge', value: '9', label: '#9 Fire' })
  expect(await screen.findByRole('radio', { name: /#9/, checked: true })).toBeTruthy()
})
