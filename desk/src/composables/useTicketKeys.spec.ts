import { ref } from 'vue'
import { fireEvent } from '@testing-library/vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import { useLayout } from '@/stores/layout'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import type { Step } from './useTicketSteps'
import { useTicketKeys } from './useTicketKeys'

const handles = {
  id: '7',
  ticket: ref(sampleTicket()),
  change: vi.fn(),
  go: vi.fn(),
  previous: ref<string | undefined>(undefined),
  next: ref<string | undefined>('8'),
  offered: ref<Record<Step, boolean>>({ merge: true, resolve: true, escalate: false, deEscalate: false, archive: false, delete: false }), // prettier-ignore
  open: vi.fn(),
  write: vi.fn(),
  reload: vi.fn(),
}
beforeEach(() => {
  vi.clearAllMocks()
  const template = '<select data-shortcut="priority" /><button data-shortcut="status" @click="pressed" />' // prettier-ignore
  renderInDesk({ setup: () => (useTicketKeys(handles), { pressed }), template })
})
const pressed = vi.fn()
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.body, { key, ...more })
const run = (label: string) =>
  useLayout()
    .commands.find((one) => one.label === label)
    ?.run()

it('goes to the neighbour there is', async () => {
  await press('>', { code: 'Period', shiftKey: true })
  await press('<', { code: 'Comma', shiftKey: true })
  expect(handles.go.mock.calls).toEqual([['8']])
})

it('resolves, at once or with words', async () => {
  await press('e')
  expect(handles.change).toHaveBeenCalledWith({ status: 'Resolved' })
  await press('R', { shiftKey: true })
  expect(handles.open).toHaveBeenCalledWith('resolve')
})

it('reaches the fields of the page', async () => {
  await press('p')
  expect((document.activeElement as HTMLElement).dataset.shortcut).toBe('priority')
  ;(document.activeElement as HTMLElement).blur()
  await press('s')
  expect(pressed).toHaveBeenCalledOnce()
})

it('offers in the palette what can be done now', () => {
  const labels = useLayout().commands.map(({ label }) => label)
  expect(labels).toContain('Merge this ticket')
  expect(labels).not.toContain('Escalate')
  expect(labels).toContain('Set status to Replied')
  expect(labels).not.toContain('Set status to Open')
  void run('Set priority to Low')
  expect(handles.change).toHaveBeenCalledWith({ priority: 'Low' })
})

it('takes the ticket', async () => {
  useSession().user = { user_id: 'anna@x' } as CurrentUser
  answers('helpdesk.api.ticket.assign_ticket_to_agent', {})
  void run('Assign to me')
  await vi.waitFor(() => expect(handles.reload).toHaveBeenCalledOnce())
  expect(asked.at(-1)?.args).toEqual({ ticket_id: '7', agent_id: ['anna@x'] })
})
