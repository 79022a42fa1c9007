import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleActivities, sampleMail, sampleTicket } from '@/test/samples'
import MergePreview from './MergePreview.vue'

const api = 'helpdesk.helpdesk.doctype.hd_ticket.api'

it('mixes both conversations in the order of time', async () => {
  answers(
    `${api}.get_ticket_activities`,
    ({ ticket }) =>
      sampleActivities({
        communications: [
          sampleMail({
            name: `m${ticket}`,
            content: `From ${ticket}`,
            creation: ticket === '7' ? '2026-03-02 10:00:00' : '2026-03-02 09:00:00',
          }),
        ],
      }) as never,
  )
  renderInDesk(MergePreview, {
    ticket: sampleTicket(),
    target: { name: 9, subject: 'Again', raised_by: 'c', status: 'Open' },
  })
  await screen.findByText('From 7')
  expect(
    screen.getAllByRole('listitem').map((line) => /From \d/.exec(line.textContent ?? '')?.[0]),
  ).toEqual(['From 9', 'From 7'])
})
