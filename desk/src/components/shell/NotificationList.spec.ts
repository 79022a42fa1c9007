import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Notification } from '@/api/notifications'
import * as files from '@/lib/download'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { useNotifications } from '@/stores/notifications'
import NotificationList from './NotificationList.vue'

const CLEAR = 'helpdesk.helpdesk.doctype.hd_notification.utils.clear'
const mention: Notification = {
  name: 'n1',
  notification_type: 'Mention',
  user_from: 'arne@x',
  reference_ticket: 7,
  reference_comment: 'c1',
  message: null,
  read: 0,
  creation: '2026-03-02 08:00:00',
}

beforeEach(() => {
  useNotifications().items = [mention]
})

it('reads one and goes to the comment', async () => {
  answers(CLEAR, null)
  const { emitted } = renderInDesk(NotificationList)
  await userEvent.click(screen.getByRole('button', { name: /arne@x mentioned you in #7/ }))
  await vi.waitFor(() => expect(asked[0]?.args).toEqual({ ticket: 7, comment: 'c1' }))
  expect(useNotifications().unread).toBe(0)
  expect(emitted().opened).toHaveLength(1)
})

it('downloads the file it tells of, and reads that one alone', async () => {
  const download = vi.spyOn(files, 'download').mockReturnValue()
  answers('frappe.client.set_value', {})
  const file = { notification_type: 'Export' as const, reference_ticket: null, reference_comment: null, message: '/private/files/a.pdf' } // prettier-ignore
  useNotifications().items = [{ ...mention, name: 'n9', ...file }, mention]
  renderInDesk(NotificationList)
  await userEvent.click(screen.getByRole('button', { name: /Your file is ready/ }))
  expect(download).toHaveBeenCalledWith('/private/files/a.pdf')
  await vi.waitFor(() => expect(asked[0]?.args).toMatchObject({ name: 'n9' }))
  expect(useNotifications().unread).toBe(1)
  download.mockRestore()
})

it('puts the dot back when reading is refused', async () => {
  refuses(CLEAR, 'No')
  renderInDesk(NotificationList)
  await userEvent.click(screen.getByRole('button', { name: 'Mark all as read' }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await vi.waitFor(() => expect(useNotifications().unread).toBe(1))
})

it('tells of every kind in its own words', () => {
  const item = (name: string, change: Partial<Notification>): Notification => ({ ...mention, name, reference_comment: null, ...change }) // prettier-ignore
  useNotifications().items = [
    item('n2', { notification_type: 'SLA Breach', message: 'The time is over for: Printer' }),
    item('n3', { notification_type: 'Escalation', message: 'Printer: angry' }),
    item('n4', { notification_type: 'Reaction' }),
    item('n5', { notification_type: 'Reaction', reference_comment: 'c1', message: '<p>ha</p>' }),
  ]
  renderInDesk(NotificationList)
  const said = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
  expect(said[0]).toMatch(/#7 has missed its service level.*The time is over for: Printer/)
  expect(said[1]).toMatch(/arne@x escalated #7.*Printer: angry/)
  expect(said[2]).toContain('arne@x reopened #7')
  expect(said[3]).toContain('arne@x reacted to your comment in #7')
  expect(said[3]).not.toContain('<p>')
})

it('shows mentions and assignments alone, too', async () => {
  useNotifications().items = [mention, { ...mention, name: 'n2', notification_type: 'Escalation' }]
  renderInDesk(NotificationList)
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
  await userEvent.click(screen.getByRole('tab', { name: 'Mentions' }))
  expect(screen.getByRole('listitem').textContent).toContain('mentioned you')
  await userEvent.click(screen.getByRole('tab', { name: 'Assignments' }))
  expect(screen.getByText('All caught up')).toBeTruthy()
})

it('lets somebody hear no more of a ticket, without opening it', async () => {
  answers('helpdesk.api.notifications.mute_ticket', null)
  const { emitted } = renderInDesk(NotificationList)
  await userEvent.click(screen.getByRole('button', { name: 'Hear no more of #7' }))
  await vi.waitFor(() => expect(asked[0]?.args).toEqual({ ticket: '7', muted: true }))
  expect(emitted().opened).toBeUndefined()
})
