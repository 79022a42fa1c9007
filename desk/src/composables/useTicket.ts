import { computed, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useDebounceFn } from '@vueuse/core'
import * as api from '@/api/tickets'
import { ServerError } from '@/api/request'
import { emit } from '@/api/socket'
import { useReconnect } from '@/composables/useReconnect'
import { useSocketEvent } from '@/composables/useSocketEvent'
import { showError } from '@/lib/notify'
import { timelineOf } from '@/lib/timeline'
import type { Assignee, Ticket, TicketActivities, TicketContact, TicketId } from '@/types/ticket'

export type TicketState = 'loading' | 'ready' | 'missing' | 'failed'

interface Snapshot {
  ticket: Ticket
  activities: TicketActivities
  contact: TicketContact | null
  assignees: Assignee[]
}
const KEPT = 30
const snapshots = new Map<string, Snapshot>()

/** Keep what was seen of a ticket, so that going back shows it at once; the oldest falls out. */
function remember(id: string, snapshot: Snapshot): void {
  snapshots.delete(id)
  snapshots.set(id, snapshot)
  const oldest = snapshots.keys().next().value
  if (snapshots.size > KEPT && oldest !== undefined) snapshots.delete(oldest)
}

/** Nothing of one person's tickets is left for the next. */
export function forgetTickets(): void {
  snapshots.clear()
}

/** One ticket with its conversation, kept up to date by live events. */
export function useTicket(id: MaybeRefOrGetter<TicketId>) {
  const ticket = ref<Ticket | null>(null)
  const activities = shallowRef<TicketActivities | null>(null)
  const contact = shallowRef<TicketContact | null>(null)
  const assignees = shallowRef<Assignee[]>([])
  const state = ref<TicketState>('loading')
  const timeline = computed(() => (activities.value ? timelineOf(activities.value) : []))

  async function fetchAll(current: string): Promise<void> {
    const [document, happened, person, agents] = await Promise.all([
      api.getTicket(current),
      api.getActivities(current),
      api.getContact(current),
      api.getAssignees(current),
    ])
    if (current !== String(toValue(id))) return
    show({ ticket: document, activities: happened, contact: person, assignees: agents })
    remember(current, {
      ticket: document,
      activities: happened,
      contact: person,
      assignees: agents,
    })
  }
  function show(snapshot: Snapshot): void {
    ticket.value = withPending(snapshot.ticket)
    activities.value = snapshot.activities
    contact.value = snapshot.contact
    assignees.value = snapshot.assignees
    state.value = 'ready'
  }

  /** Fetch everything; what is on the screen stays until it has come. */
  async function reload(): Promise<void> {
    const current = String(toValue(id))
    try {
      await fetchAll(current)
    } catch (error) {
      if (state.value === 'ready') showError(error)
      else state.value = stateAfter(error)
    }
  }

  /** Changes on their way. They show over whatever comes from the server meanwhile. */
  const pending = new Set<{ of: string; changes: api.TicketChanges }>()
  function withPending(current: Ticket): Ticket {
    const own = [...pending].filter(({ of }) => of === String(current.name))
    return Object.assign({}, current, ...own.map(({ changes }) => changes)) as Ticket
  }
  /** Show a change at once, and put back just that when the server refuses. Meanwhile another ticket may be open. */
  async function change(changes: api.TicketChanges): Promise<void> {
    const before = ticket.value
    if (!before) return
    const mine = { of: String(before.name), changes }
    const settle = (values: object) => {
      pending.delete(mine)
      if (ticket.value && isThis(before.name)) ticket.value = withPending({ ...ticket.value, ...values }) // prettier-ignore
    }
    pending.add(mine)
    ticket.value = withPending(before)
    try {
      settle(await api.changeTicket(before.name, changes))
      for (const [field, value] of Object.entries(changes)) emit('notify_ticket_update', before.name, field, value) // prettier-ignore
      if (isThis(before.name)) void reload()
    } catch (error) {
      settle(Object.fromEntries(Object.keys(changes).map((field) => [field, before[field as keyof Ticket]]))) // prettier-ignore
      showError(error)
    }
  }

  const reloadSoon = useDebounceFn(reload, 300)
  useReconnect(() => void reloadSoon())
  function isThis(name: unknown): boolean {
    return String(name) === String(toValue(id))
  }
  useSocketEvent(
    'helpdesk:ticket-update',
    (event) => isThis(event.ticket_id ?? event.name) && void reloadSoon(),
  )
  useSocketEvent('helpdesk:ticket-comment', (event) => isThis(event.ticket_id) && void reloadSoon())
  useSocketEvent(
    'list_update',
    (event) => event.doctype === 'HD Ticket' && isThis(event.name) && void reloadSoon(),
  )
  useSocketEvent(
    'doc_update',
    (event) => event.doctype === 'HD Ticket' && isThis(event.name) && void reloadSoon(),
  )

  watch(
    () => String(toValue(id)),
    (now) => {
      const known = snapshots.get(now)
      state.value = 'loading'
      ticket.value = null
      activities.value = null
      if (known) show(known)
      void reload()
    },
    { immediate: true },
  )

  return { ticket, activities, contact, assignees, timeline, state, reload, change }
}

function stateAfter(error: unknown): TicketState {
  return error instanceof ServerError && (error.isMissing || error.isPermission)
    ? 'missing'
    : 'failed'
}
