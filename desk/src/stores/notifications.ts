import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import * as api from '@/api/notifications'
import { useSession } from './session'

/** What happened to me; the count in the sidebar and the list in the panel are the same records. */
export const useNotifications = defineStore('notifications', () => {
  const session = useSession()
  const items = shallowRef<api.Notification[]>([])
  const unread = computed(() => items.value.filter((item) => !item.read).length)
  const badge = computed(() => (unread.value > 9 ? '9+' : String(unread.value || '')))

  async function reload(): Promise<void> {
    if (session.user) items.value = await api.listNotifications(session.user.user_id)
  }

  /** Mark one or all as read at once, and put the dots back when the server refuses. */
  async function read(item?: api.Notification): Promise<void> {
    const before = items.value
    items.value = before.map((one) => (!item || one.name === item.name ? { ...one, read: 1 } : one))
    try {
      if (item && !item.reference_ticket) await api.markOneRead(item.name)
      else await api.markRead({ ticket: item?.reference_ticket ?? undefined, comment: item?.reference_comment ?? undefined }) // prettier-ignore
    } catch (error) {
      items.value = before
      throw error
    }
  }
  return { items, unread, badge, reload, read }
})
