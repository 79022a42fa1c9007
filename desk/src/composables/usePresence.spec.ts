import { effectScope } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { emitted, fire } from '@/test/socket'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import { usePresence } from './usePresence'

beforeEach(() => {
  useSession().user = { user_id: 'anna' } as CurrentUser
  emitted.length = 0
  vi.useFakeTimers()
})

function present() {
  const scope = effectScope()
  const presence = scope.run(() => usePresence('7'))
  if (!presence) throw new Error('no scope')
  return { ...presence, scope }
}

it('shows the others, not me', () => {
  const { viewers } = present()
  fire('ticket_viewers', { ticket_id: 7, users: '["anna","arne"]' })
  fire('ticket_viewers', { ticket_id: 8, users: '["mona"]' })
  expect(viewers.value).toEqual(['arne'])
})

it('forgets somebody who stopped typing without saying so', () => {
  const { typing } = present()
  fire('helpdesk_ticket_typing', { ticket_id: '7', user: 'arne' })
  expect(typing.value).toEqual(['arne'])
  vi.advanceTimersByTime(10_000)
  expect(typing.value).toEqual([])
})

it('tells that I came, that I type – once – and that I left', () => {
  const { noteTyping, scope } = present()
  noteTyping()
  noteTyping()
  scope.stop()
  expect(emitted.map(({ event }) => event)).toEqual([
    'view_ticket',
    'helpdesk_ticket_typing',
    'helpdesk_ticket_typing_stopped',
    'stop_view_ticket',
  ])
})
