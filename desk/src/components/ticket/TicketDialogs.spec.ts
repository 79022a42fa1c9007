import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeAll, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleMail, sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import TicketDialogs from './TicketDialogs.vue'

// Loaded before, so that no test waits for a file.
beforeAll(() => Promise.all([import('./EscalateDialog.vue'), import('./DeEscalateDialog.vue'), import('./ResolveDialog.vue'), import('./SplitDialog.vue')])) // prettier-ignore
const about = { ticket: sampleTicket(), step: null, split: null }

it('deletes only when asked twice', async () => {
  answers('helpdesk.api.ticket.delete_ticket', null)
  const { emitted } = renderInDesk(TicketDialogs, { ...about, step: 'delete' })
  expect(await screen.findByText(/conversation is deleted too/)).toBeTruthy()
  expect(asked).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(emitted('update:step')).toEqual([[null]]))
  expect(asked[0]?.args).toEqual({ name: '7' })
})

it('archives when it is confirmed, and has the ticket shown anew', async () => {
  answers('helpdesk.api.ticket.archive', null)
  const { emitted } = renderInDesk(TicketDialogs, { ...about, step: 'archive' })
  await userEvent.click(await screen.findByRole('button', { name: 'Archive' }))
  await waitFor(() => expect(emitted('done')).toHaveLength(1))
  expect(asked[0]?.args).toEqual({ ticket: '7' })
})

it.each([
  ['escalate', 'Escalate ticket #7'],
  ['deEscalate', 'Take the escalation back'],
  ['resolve', 'Resolve ticket #7'],
])('opens the dialog for %s', async (step, title) => {
  renderInDesk(TicketDialogs, { ...about, step })
  expect(await screen.findByRole('dialog', { name: title })).toBeTruthy()
})

it('splits from a message on', async () => {
  renderInDesk(TicketDialogs, { ...about, split: sampleMail() })
  expect(await screen.findByRole('dialog', { name: 'Split into a new ticket' })).toBeTruthy()
})
