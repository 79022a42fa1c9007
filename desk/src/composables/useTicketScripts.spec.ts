import { effectScope, ref } from 'vue'
import { expect, it, vi } from 'vitest'
import { answers, refuses } from '@/test/server'
import { sampleTicket } from '@/test/samples'
import type { Ticket } from '@/types/ticket'
import { useTicketScripts } from './useTicketScripts'

vi.mock('vue-router', async (original) => ({
  ...(await original<object>()),
  useRouter: () => ({}),
}))
const CUSTOMIZATIONS = 'helpdesk.helpdesk.doctype.hd_ticket.api.get_ticket_customizations'
const follow = `function setupForm({ updateField }) {
  return {
    actions: [{ label: 'Refund', onClick: () => updateField('refunded', 1) }],
    onChange: { priority: (value) => value === 'Urgent' && updateField('agent_group', 'First aid') },
  }
}`

function opened() {
  const save = vi.fn(() => Promise.resolve())
  const ticket = ref<Ticket | null>(sampleTicket())
  const scripts = effectScope().run(() => useTicketScripts(ticket, save))
  if (!scripts) throw new Error('no scope')
  return { save, ...scripts }
}

it('tells scripts what an agent changed, and saves what follows', async () => {
  answers(CUSTOMIZATIONS, { _form_script: [follow] })
  const { save, actions, change } = opened()
  await vi.waitFor(() => expect(actions.value.map(({ label }) => label)).toEqual(['Refund']))
  await change({ priority: 'Urgent' })
  expect(save.mock.calls).toEqual([[{ priority: 'Urgent' }], [{ agent_group: 'First aid' }]])
  await actions.value[0]?.onClick()
  expect(save).toHaveBeenLastCalledWith({ refunded: 1 })
})

it('saves all the same when there are no scripts to be had', async () => {
  refuses(CUSTOMIZATIONS, 'No')
  const { save, change } = opened()
  await change({ status: 'Replied' })
  expect(save).toHaveBeenCalledWith({ status: 'Replied' })
})
