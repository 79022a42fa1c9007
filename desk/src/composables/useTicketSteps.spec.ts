import { ref } from 'vue'
import { expect, it, vi } from 'vitest'
import { fillMasters } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { useSession } from '@/stores/session'
import type { CurrentUser, DeskConfig } from '@/api/session'
import { useOfferedSteps, useTicketSteps } from './useTicketSteps'

function opened(require_resolution_details: 0 | 1, values: object = {}) {
  fillMasters()
  useSession().config = { require_resolution_details } as DeskConfig
  const save = vi.fn()
  return { save, ...useTicketSteps(ref(sampleTicket(values)), save) }
}

it('asks how it was solved before it resolves, where that is wanted', () => {
  const { save, change, step, status } = opened(1)
  change({ status: 'Replied' })
  expect([save.mock.calls, step.value]).toEqual([[[{ status: 'Replied' }]], null])
  change({ status: 'Resolved' })
  expect([save.mock.calls.length, step.value, status.value]).toEqual([1, 'resolve', 'Resolved'])
})

it('changes nothing of an archived ticket', () => {
  const { save, change } = opened(0, { is_archived: 1 })
  change({ status: 'Replied' })
  expect(save).not.toHaveBeenCalled()
})

it('opens what is offered, and nothing else', () => {
  const { open, step } = opened(1, { status_category: 'Resolved' })
  open('resolve')
  expect(step.value).toBeNull()
  const other = opened(1)
  other.open('resolve')
  expect([other.step.value, other.status.value]).toEqual(['resolve', undefined])
})

it.each([
  ['it is not wanted', 0, {}],
  ['it was said already', 1, { resolution_details: '<p>A new fuse.</p>' }],
] as const)('resolves at once where %s', (_, isWanted, values) => {
  const { save, change, step } = opened(isWanted, values)
  change({ status: 'Resolved' })
  expect([save.mock.calls.length, step.value]).toEqual([1, null])
})

it('offers what fits the ticket and the person', () => {
  const session = useSession()
  session.config = { require_resolution_details: 0 } as DeskConfig
  session.user = { is_manager: true, is_admin: false } as CurrentUser
  const offered = (values: object) => useOfferedSteps(() => sampleTicket(values)).value
  expect(offered({ escalated_on: null })).toEqual({ merge: true, resolve: true, escalate: true, deEscalate: false, archive: false, delete: false }) // prettier-ignore
  expect(offered({ escalated_on: '2026-03-02 10:00:00' })).toMatchObject({ escalate: false, deEscalate: true }) // prettier-ignore
  expect(offered({ status_category: 'Resolved', escalated_on: null })).toMatchObject({ merge: false, resolve: false, escalate: false }) // prettier-ignore
  expect(offered({ is_archived: 0 })).toMatchObject({ archive: true })
  expect(offered({ is_archived: 1 })).toMatchObject({ archive: false })
  expect(offered({ is_merged: 1 })).toMatchObject({ merge: false, escalate: false })
})
