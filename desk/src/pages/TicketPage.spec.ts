import { nextTick } from 'vue'
import { screen } from '@testing-library/vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { narrowScreen, renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { sampleActivities, sampleTicket } from '@/test/samples'
import userEvent from '@testing-library/user-event'
import { forgetTickets } from '@/composables/useTicket'
import { useAi } from '@/stores/ai'
import TicketPage from './TicketPage.vue'

const api = 'helpdesk.helpdesk.doctype.hd_ticket.api'

const customizations = `${api}.get_ticket_customizations`
beforeEach(() => {
  forgetTickets()
  for (const name of ['get_ticket_contact', 'mark_seen']) answers(`${api}.${name}`, null)
  for (const name of ['get_ticket_assignees', 'get_navigation_tickets'])
    answers(`${api}.${name}`, [])
  answers(`${api}.get_ticket_activities`, sampleActivities())
  answers('helpdesk.api.article.search', [])
  answers(`${api}.get_recent_similar_tickets`, { recent_tickets: [], similar_tickets: [] })
  answers(customizations, { _form_script: null })
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  answers('helpdesk.api.auth.get_current_user_email_info', {
    email: 'a',
    email_signature: null,
    outgoing_emails: [],
  })
  answers('helpdesk.api.context.get_panels', [])
  answers('helpdesk.api.ticket.get_sla_clock', null)
  answers('frappe.client.get_list', [])
  answers('run_doc_method', null)
})

it('shows the ticket with its conversation and marks it seen', async () => {
  answers('frappe.client.get', sampleTicket())
  renderInDesk(TicketPage, { id: '7' })
  expect(await screen.findByRole('heading', { name: /Printer is on fire/ })).toBeTruthy()
  expect(screen.getByRole('article', { name: 'Message from Cleo' })).toBeTruthy()
  await vi.waitFor(() => expect(asked.some(({ args }) => args.method === 'mark_seen')).toBe(true))
})

it('only shows an archived ticket, until it is restored', async () => {
  answers('frappe.client.get', sampleTicket({ is_archived: 1 }))
  answers('helpdesk.api.ticket.restore', null)
  renderInDesk(TicketPage, { id: '7' })
  const restore = await screen.findByRole('button', { name: 'Restore' })
  for (const name of ['Reply', 'Comment', 'Reply to this message'])
    expect(screen.queryByRole('button', { name })).toBeNull()
  answers('frappe.client.get', sampleTicket({ is_archived: 0 }))
  await userEvent.click(restore)
  expect(await screen.findByRole('button', { name: 'Reply' })).toBeTruthy()
})

it('says when there is no such ticket', async () => {
  refuses('frappe.client.get', 'not found', 404)
  renderInDesk(TicketPage, { id: '7' })
  expect(await screen.findByText(/does not exist, or you may not see it/)).toBeTruthy()
})

it('offers to try again when the server fails', async () => {
  refuses('frappe.client.get', 'broken', 500)
  renderInDesk(TicketPage, { id: '7' })
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
})

it('shows conversation and details one at a time on a phone, the conversation first', async () => {
  answers('frappe.client.get', sampleTicket())
  narrowScreen()
  renderInDesk(TicketPage, { id: '7' })
  const details = await screen.findByRole('tab', { name: 'Details' })
  expect(screen.getByRole('tab', { name: 'Activity' }).getAttribute('aria-selected')).toBe('true')
  await userEvent.click(details)
  await vi.waitFor(() => expect(details.getAttribute('aria-selected')).toBe('true'))
  await nextTick()
  const side = screen.getByRole('complementary', { name: 'Ticket details' })
  expect(side.closest('.hidden')).toBeNull()
  expect(
    screen.getByRole('article', { name: 'Message from Cleo' }).closest('.hidden'),
  ).not.toBeNull()
})

it('shows the reply that AI drafted, on a phone instead of the details', async () => {
  answers('frappe.client.get', sampleTicket())
  answers('helpdesk.api.ai.get_summary', null)
  answers('helpdesk.api.ai.suggested_actions', [{ action: 'reply', value: '', label: '', reason: '' }]) // prettier-ignore
  answers('helpdesk.api.ai.ask', { text: 'Dear Cleo', sources: [], for_customer: true })
  useAi().isOn = true
  narrowScreen()
  renderInDesk(TicketPage, { id: '7' })
  await userEvent.click(await screen.findByRole('tab', { name: 'Details' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Suggest what to do' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Write a reply' }))
  const composer = await screen.findByRole('region', { name: 'Reply' })
  expect(composer.closest('.hidden')).toBeNull()
  expect(screen.getByRole('tab', { name: 'Details' }).getAttribute('aria-selected')).toBe('false')
})

it('has no AI on tickets of a team that goes without', async () => {
  answers('frappe.client.get', sampleTicket({ agent_group: 'Lawyers' }))
  answers('helpdesk.api.ai.available', { available: true, teams_without: ['Lawyers'] })
  await useAi().load()
  renderInDesk(TicketPage, { id: '7' })
  await screen.findByRole('complementary', { name: 'Ticket details' })
  expect(screen.queryByText('AI')).toBeNull()
})
