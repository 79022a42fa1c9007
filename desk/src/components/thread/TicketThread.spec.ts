import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { timelineOf } from '@/lib/timeline'
import { renderInDesk } from '@/test/render'
import { sampleActivities } from '@/test/samples'
import TicketThread from './TicketThread.vue'

it('shows mails and marks comments as internal', () => {
  const comment = {
    name: 'note',
    content: '<p>psst</p>',
    commented_by: 'anna@x',
    creation: '2026-03-02 09:00:00',
    is_pinned: 0 as const,
    user: { name: 'Anna' },
    attachments: [],
  }
  renderInDesk(TicketThread, { timeline: timelineOf(sampleActivities({ comments: [comment] })) })
  expect(screen.getByRole('article', { name: 'Message from Cleo' })).toBeTruthy()
  expect(screen.getByRole('article', { name: 'Internal comment by Anna' })).toBeTruthy()
})

it('says when nothing was written', () => {
  renderInDesk(TicketThread, { timeline: [] })
  expect(screen.getByText('Nothing has been written yet.')).toBeTruthy()
})
