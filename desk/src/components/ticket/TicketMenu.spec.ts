import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import TicketMenu from './TicketMenu.vue'

async function opened(values: object = {}) {
  const user = userEvent.setup()
  const view = renderInDesk(TicketMenu, { ticket: sampleTicket(values) })
  await user.click(screen.getByRole('button', { name: 'More' }))
  return { user, ...view }
}

it('says which step is wanted', async () => {
  const { user, emitted } = await opened({ escalated_on: null })
  await user.click(await screen.findByRole('menuitem', { name: 'Escalate' }))
  expect(emitted('step')).toEqual([['escalate']])
})

it('offers nothing that cannot be done', async () => {
  await opened({ is_merged: 1, status_category: 'Resolved' })
  await screen.findByRole('menuitem', { name: 'Print' })
  for (const name of ['Merge', 'Escalate', 'Delete'])
    expect(screen.queryByRole('menuitem', { name })).toBeNull()
})

it('stops the waiting where no answer is needed', async () => {
  answers('helpdesk.api.ticket.needs_no_response', null)
  const { user, emitted } = await opened({ needs_response: 1 })
  await user.click(await screen.findByRole('menuitem', { name: 'No answer is needed' }))
  await waitFor(() => expect(emitted('changed')).toHaveLength(1))
  expect(asked[0]?.args).toEqual({ ticket: '7' })
})

it('changes nothing of an archived ticket', async () => {
  await opened({ needs_response: 1, is_archived: 1, escalated_on: null })
  await screen.findByRole('menuitem', { name: 'Print' })
  for (const name of ['Merge', 'Escalate', 'Archive', 'No answer is needed'])
    expect(screen.queryByRole('menuitem', { name })).toBeNull()
})

it('copies the link', async () => {
  const { user } = await opened()
  await user.click(await screen.findByRole('menuitem', { name: 'Copy the link' }))
  expect(await navigator.clipboard.readText()).toMatch(/\/helpdesk\/tickets\/7$/)
})

it.each([true, false])('turns off what a ticket says, or on again (muted: %s)', async (muted) => {
  answers('helpdesk.api.notifications.is_ticket_muted', muted)
  answers('helpdesk.api.notifications.mute_ticket', null)
  const { user } = await opened()
  await user.click(await screen.findByRole('menuitem', { name: 'Mute or unmute' }))
  await waitFor(() => expect(asked.at(-1)?.args).toEqual({ ticket: '7', muted: !muted }))
})
