import { fireEvent, screen } from '@testing-library/vue'
import { expect, it, onTestFinished, vi } from 'vitest'
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

it('stays at the newest end while bodies get their height, until somebody scrolls', async () => {
  const grown: (() => void)[] = []
  vi.stubGlobal('ResizeObserver', class { constructor(private grow: () => void) {} observe(element: Element) { if (element.parentElement?.getAttribute('role') === 'log') grown.push(this.grow) } unobserve() {} disconnect() {} }) // prettier-ignore
  const scrollTo = vi.spyOn(Element.prototype, 'scrollTo').mockImplementation(() => {})
  onTestFinished(() => (vi.unstubAllGlobals(), scrollTo.mockRestore()))
  renderInDesk(TicketThread, { timeline: timelineOf(sampleActivities()) })
  await vi.waitFor(() => expect(grown).not.toEqual([]))
  await vi.waitFor(() => expect(scrollTo).toHaveBeenCalled())
  scrollTo.mockClear()
  grown.forEach((grow) => grow())
  expect(scrollTo).toHaveBeenCalledOnce()
  await fireEvent.wheel(screen.getByRole('log'))
  grown.forEach((grow) => grow())
  expect(scrollTo).toHaveBeenCalledOnce()
})
