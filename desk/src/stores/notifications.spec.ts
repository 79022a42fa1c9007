import { expect, it } from 'vitest'
import { answers, refuses } from '@/test/server'
import { useSession } from './session'
import type { CurrentUser } from '@/api/session'
import { useNotifications } from './notifications'

const item = (name: string, read: 0 | 1) => ({
  name,
  read,
  notification_type: 'Mention',
  user_from: 'a',
  creation: '2026-03-02 08:00:00',
})

it('reads at once, and puts the dot back when refused', async () => {
  useSession().user = { user_id: 'anna@x', user_name: 'Anna', is_agent: true } as CurrentUser
  answers('frappe.client.get_list', [item('n1', 0), item('n2', 1)])
  refuses('helpdesk.helpdesk.doctype.hd_notification.utils.clear', 'No')
  const notifications = useNotifications()
  await notifications.reload()
  expect(notifications.badge).toBe('1')
  const reading = notifications.read()
  expect(notifications.unread).toBe(0)
  await expect(reading).rejects.toThrow('No')
  expect(notifications.unread).toBe(1)
})
