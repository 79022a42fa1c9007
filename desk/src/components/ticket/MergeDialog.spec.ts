import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { sampleActivities, sampleMail, sampleTicket } from '@/test/samples'
import MergeDialog from './MergeDialog.vue'

const api = 'helpdesk.helpdesk.doctype.hd_ticket.api'

it('shows what the merge makes of both, and merges in that direction', async () => {
  answers('frappe.client.get_list', [
    { name: 9, subject: 'Fire again', raised_by: 'cleo', status: 'Open' },
  ])
  answers(
    `${api}.get_ticket_activities`,
    ({ ticket }) =>
      sampleActivities({
        communications: [sampleMail({ name: `m${ticket}`, content: `<p>From ${ticket}</p>` })],
      }) as never,
  )
  answers(`${api}.merge_ticket`, null)
  renderInDesk(MergeDialog, { modelValue: true, ticket: sampleTicket() })
  await userEvent.click(await screen.findByRole('radio'))
  expect(await screen.findByText('From 7')).toBeTruthy()
  expect(screen.getByText('From 9')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Merge' }))
  await vi.waitFor(() => expect(asked.at(-1)?.args).toEqual({ source: '7', target: '9' }))
})
