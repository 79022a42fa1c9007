import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { sampleActivities, sampleMail, sampleTicket } from '@/test/samples'
import { forgetTickets } from '@/composables/useTicket'
import { useSession } from '@/stores/session'
import type { Outlook } from '@/api/tickets'
import type { Ticket } from '@/types/ticket'
// Loaded beforehand: the page fetches the dialog only when somebody wants it.
import '@/components/portal/FeedbackDialog.vue'
import MyTicket from './MyTicket.vue'

const api = 'helpdesk.helpdesk.doctype.hd_ticket.api'
const ANSWER = sampleMail({ name: 'mail-2', sender: 'anna@helpdesk.test', user: { name: 'Anna' } })

function outlook(values: Partial<Outlook>): void {
  const standing = { may_reply: true, closes_on: null, reopens_until: null, moments: [], ...values } // prettier-ignore
  answers(`${api}.get_outlook`, standing as never)
}
beforeEach(() => {
  forgetTickets()
  outlook({})
  answers(`${api}.get_ticket_contact`, null)
  answers(`${api}.get_ticket_assignees`, [])
  answers(
    `${api}.get_ticket_activities`,
    sampleActivities({ communications: [sampleMail(), ANSWER] }),
  )
  answers(`${api}.show_outside_hours_banner`, { show: false })
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  answers('frappe.client.get_list', [{ name: 'Fast', label: 'Fast', rating: 1 }])
  answers('frappe.client.set_value', {})
  answers('run_doc_method', null)
})

/** The page as Cleo sees it, who wrote the ticket on the portal. */
async function open(values: Partial<Ticket> = {}, isFeedbackMandatory = false) {
  answers('frappe.client.get', sampleTicket({ via_customer_portal: 1, ...values }))
  const session = useSession()
  session.user = { user_id: 'cleo@customer.test' } as typeof session.user
  session.config = {
    is_feedback_mandatory: isFeedbackMandatory,
  } as unknown as typeof session.config
  renderInDesk(MyTicket, { id: '7' })
  await screen.findByRole('heading', { name: 'Printer is on fire' })
}
const changed = () =>
  asked.find(({ method }) => method === 'frappe.client.set_value')?.args.fieldname
async function rateWithFiveStars(): Promise<void> {
  await userEvent.click(await screen.findByLabelText('5 of 5 stars'))
  await userEvent.click(await screen.findByLabelText('Fast'))
}

it('marks the reader’s own messages', async () => {
  await open()
  expect(screen.getByRole('article', { name: 'Your message' }).textContent).toContain('You')
  expect(screen.getByRole('article', { name: 'Message from Anna' })).toBeTruthy()
})

it('closes an open ticket after asking', async () => {
  await open()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Close the ticket' }))
  await vi.waitFor(() => expect(changed()).toEqual({ status: 'Closed' }))
})

it('closes with a rating where one is wanted', async () => {
  await open({}, true)
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  await rateWithFiveStars()
  await userEvent.click(screen.getByRole('button', { name: 'Send and close the ticket' }))
  await vi.waitFor(() =>
    expect(changed()).toEqual({ status: 'Closed', feedback: 'Fast', feedback_extra: '' }),
  )
})

it('rates a resolved ticket without changing its status', async () => {
  await open({ status: 'Done for now', status_category: 'Resolved' })
  expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Rate our help' }))
  await rateWithFiveStars()
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  await vi.waitFor(() => expect(changed()).toEqual({ feedback: 'Fast', feedback_extra: '' }))
})

it('closes a resolved ticket when its requester says that it is solved', async () => {
  await open({ status: 'Done for now', status_category: 'Resolved' }, true)
  await userEvent.click(await screen.findByRole('button', { name: 'Yes, close it' }))
  await rateWithFiveStars()
  await userEvent.click(screen.getByRole('button', { name: 'Send and close the ticket' }))
  await vi.waitFor(() =>
    expect(changed()).toEqual({ status: 'Closed', feedback: 'Fast', feedback_extra: '' }),
  )
})

it('lets the requester say what is missing when it is not solved', async () => {
  await open({ status: 'Done for now', status_category: 'Resolved' })
  await userEvent.click(await screen.findByRole('button', { name: 'Not yet' }))
  expect(await screen.findByRole('button', { name: 'Send' })).toBeTruthy()
})

it('lets people answer a resolved ticket, and says that this opens it again', async () => {
  await open({ status: 'Done for now', status_category: 'Resolved' })
  expect(await screen.findByText('This ticket is resolved. An answer opens it again.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Write an answer…' })).toBeTruthy()
})

it('offers a new ticket where the server takes no answer any more', async () => {
  outlook({ may_reply: false })
  await open({ status: 'Closed', status_category: 'Resolved' })
  expect(await screen.findByText(/This ticket is finished/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Write an answer…' })).toBeNull()
})

it('tells where the ticket stood between what was written, and no names', async () => {
  outlook({ moments: [{ name: 'm', status: 'In progress', creation: '2026-03-02 08:30:00' }] })
  await open()
  expect(await screen.findByText('Status: In progress')).toBeTruthy()
})

it('leads back when there is no such ticket', async () => {
  refuses('frappe.client.get', 'not found', 404)
  renderInDesk(MyTicket, { id: '7' })
  expect(await screen.findByText(/does not exist, or you may not see it/)).toBeTruthy()
})
