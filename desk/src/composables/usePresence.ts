import { computed, onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useEventListener } from '@vueuse/core'
import { toast } from 'frappe-ui'
import { emit } from '@/api/socket'
import { useSocketEvent } from './useSocketEvent'
import { __ } from '@/lib/translate'
import { useDirectory } from '@/stores/directory'
import { useSession } from '@/stores/session'
import type { TicketId } from '@/types/ticket'

const TYPING_MS = 10_000

/** Who else looks at a ticket, who is writing, and telling them about me. */
export function usePresence(id: MaybeRefOrGetter<TicketId>) {
  const session = useSession()
  const directory = useDirectory()
  const viewers = ref<string[]>([])
  const typing = ref<string[]>([])
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let isTyping = false
  let mine: ReturnType<typeof setTimeout> | undefined
  const current = computed(() => String(toValue(id)))
  const isThis = (ticket: TicketId) => String(ticket) === current.value
  const isMe = (user: string) => user === session.user?.user_id

  function forget(user: string): void {
    clearTimeout(timers.get(user))
    timers.delete(user)
    typing.value = typing.value.filter((one) => one !== user)
  }
  useSocketEvent('ticket_viewers', ({ ticket_id, users }) => {
    if (!isThis(ticket_id)) return
    viewers.value = (JSON.parse(users) as string[]).filter((user) => !isMe(user))
  })
  useSocketEvent('helpdesk_ticket_typing', ({ ticket_id, user }) => {
    if (!isThis(ticket_id) || isMe(user)) return
    forget(user)
    typing.value = [...typing.value, user]
    timers.set(user, setTimeout(() => forget(user), TYPING_MS)) // prettier-ignore
  })
  useSocketEvent('helpdesk_ticket_typing_stopped', ({ ticket_id, user }) => {
    if (isThis(ticket_id)) forget(user)
  })

  useSocketEvent('ticket_update', ({ ticket_id, user, field, value }) => {
    if (isThis(ticket_id) && !isMe(user)) toast.info(changeText(directory.nameOf(user), field, value)) // prettier-ignore
  })

  function stopTyping(): void {
    clearTimeout(mine)
    if (isTyping) emit('helpdesk_ticket_typing_stopped', current.value)
    isTyping = false
  }
  /** Called at every key; the others hear of it once. */
  function noteTyping(): void {
    if (!isTyping) emit('helpdesk_ticket_typing', current.value)
    isTyping = true
    clearTimeout(mine)
    mine = setTimeout(stopTyping, TYPING_MS)
  }
  function leave(ticket: string): void {
    stopTyping()
    emit('stop_view_ticket', ticket)
  }

  watch(
    current,
    (now, before) => {
      if (before) leave(before)
      viewers.value = []
      for (const user of typing.value) forget(user)
      emit('view_ticket', now)
    },
    { immediate: true },
  )
  useSocketEvent('connect', () => emit('view_ticket', current.value))
  useEventListener(window, 'beforeunload', () => leave(current.value))
  onScopeDispose(() => {
    leave(current.value)
    for (const timer of timers.values()) clearTimeout(timer)
  })
  return { viewers, typing, noteTyping, stopTyping }
}

function changeText(who: string, field: string, value: unknown): string {
  const FIELDS: Record<string, string> = { status: __('status'), priority: __('priority'), agent_group: __('team'), ticket_type: __('type'), category: __('category'), customer: __('customer'), subject: __('subject') } // prettier-ignore
  return __('{0} changed the {1} to {2}', who, FIELDS[field] ?? field, String(value ?? '–'))
}
