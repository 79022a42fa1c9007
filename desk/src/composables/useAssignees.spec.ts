import { effectScope, nextTick, ref } from 'vue'
import { expect, it, vi } from 'vitest'
import { fillMasters } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import { useAssignees } from './useAssignees'

function chosen(assignees: string[] = []) {
  fillMasters()
  useSession().user = { user_id: 'anna@x', user_name: 'Anna', is_agent: true } as CurrentUser
  const saved = vi.fn()
  const picker = effectScope().run(() =>
    useAssignees({ ticket: 7, team: null, assignees: assignees.map((name) => ({ name })), saved }),
  )
  if (!picker) throw new Error('no scope')
  answers('frappe.client.get_list', [{ name: 'Away', category: 'Away', color: 'Amber' }])
  picker.begin()
  return { picker, saved }
}
const agent = (name: string) => ({ name, agent_name: name, user_image: null })

it('puts me first, and those already on it before me', () => {
  expect(chosen().picker.choices.value.map(({ name }) => name)).toEqual(['anna@x', 'arne@x'])
  expect(chosen(['arne@x']).picker.choices.value.map(({ name }) => name)).toEqual([
    'arne@x',
    'anna@x',
  ])
})

it('sends only the difference', async () => {
  answers('helpdesk.api.ticket.assign_ticket_to_agent', {})
  answers('helpdesk.api.doc.remove_assignments', null)
  const { picker, saved } = chosen(['arne@x'])
  picker.toggle(agent('anna@x'))
  picker.toggle(agent('arne@x'))
  await picker.save()
  expect(saved).toHaveBeenCalledOnce()
  expect(
    asked
      .filter(({ method }) => method.startsWith('helpdesk'))
      .map(({ args }) => args.agent_id ?? args.assignees),
  ).toEqual([['anna@x'], ['arne@x']])
})

it('assigns several in one request', async () => {
  answers('helpdesk.api.ticket.assign_ticket_to_agent', {})
  const { picker } = chosen()
  picker.toggle(agent('anna@x'))
  picker.toggle(agent('arne@x'))
  await picker.save()
  expect(asked.filter(({ method }) => method.startsWith('helpdesk'))).toEqual([
    {
      method: 'helpdesk.api.ticket.assign_ticket_to_agent',
      args: { ticket_id: '7', agent_id: ['anna@x', 'arne@x'] },
    },
  ])
})

it('restores the old set when the server refuses', async () => {
  refuses('helpdesk.api.ticket.assign_ticket_to_agent', 'No')
  const { picker, saved } = chosen(['arne@x'])
  picker.toggle(agent('anna@x'))
  await picker.save()
  expect(picker.chosen.value).toEqual(['arne@x'])
  expect(saved).not.toHaveBeenCalled()
})

it('keeps the ticks when the ticket is fetched anew meanwhile', async () => {
  fillMasters()
  const assignees = ref([{ name: 'arne@x' }])
  answers('frappe.client.get_list', [])
  const picker = effectScope().run(() => useAssignees({ ticket: 7, team: null, assignees, saved: () => {} })) // prettier-ignore
  picker?.begin()
  picker?.toggle(agent('anna@x'))
  assignees.value = [{ name: 'arne@x' }]
  await nextTick()
  expect(picker?.chosen.value).toEqual(['arne@x', 'anna@x'])
})
