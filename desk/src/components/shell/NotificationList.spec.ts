import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Notification } from '@/api/notifications'
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

it('puts the dot back when reading is refused', async () => {
  refuses(CLEAR, 'No')
  renderInDesk(NotificationList)
  await userEvent.click(screen.getByRole('button', { name: 'Mark all as read' }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await vi.waitFor(() => expect(useNotifications().unread).toBe(1))
})
