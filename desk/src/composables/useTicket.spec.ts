import { effectScope, ref } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { answers, refuses } from '@/test/server'
import { fire } from '@/test/socket'
import { sampleActivities, sampleMail, sampleTicket } from '@/test/samples'
import { forgetTickets, useTicket } from './useTicket'

const api = 'helpdesk.helpdesk.doctype.hd_ticket.api'

function prepare(): void {
  forgetTickets()
  answers('frappe.client.get', sampleTicket())
  answers(`${api}.get_ticket_activities`, sampleActivities())
  answers(`${api}.get_ticket_contact`, null)
  answers(`${api}.get_ticket_assignees`, [])
}

async function opened() {
  const view = effectScope().run(() => useTicket(ref('7'))) as ReturnType<typeof useTicket>
  await vi.waitFor(() => expect(view.state.value).not.toBe('loading'))
  return view
}

describe('a ticket', () => {
  it('comes with its conversation', async () => {
    prepare()
    const { ticket, timeline, state } = await opened()
    expect(state.value).toBe('ready')
    expect(ticket.value?.subject).toBe('Printer is on fire')
    expect(timeline.value.map((entry) => entry.kind)).toEqual(['mail'])
  })

  it('is missing when the server says so, and failed when it cannot say', async () => {
    prepare()
    refuses('frappe.client.get', 'not found', 404)
    expect((await opened()).state.value).toBe('missing')
    refuses('frappe.client.get', 'broken', 500)
    expect((await opened()).state.value).toBe('failed')
  })

  it('shows a change at once and puts it back when refused', async () => {
    prepare()
    const { ticket, change } = await opened()
    refuses('frappe.client.set_value', 'You may not')
    const done = change({ priority: 'Low' })
    expect(ticket.value?.priority).toBe('Low')
    await done
    expect(ticket.value?.priority).toBe('High')
  })

  it('puts back only what was refused', async () => {
    prepare()
    const { ticket, change } = await opened()
    answers('frappe.client.set_value', ({ fieldname }) => {
      if ('priority' in (fieldname as object)) return new Response('{}', { status: 417 })
      return sampleTicket(fieldname as object)
    })
    const refused = change({ priority: 'Low' })
    const kept = change({ subject: 'Smoke' })
    expect(ticket.value).toMatchObject({ priority: 'Low', subject: 'Smoke' })
    answers('frappe.client.get', sampleTicket({ subject: 'Smoke' }))
    await Promise.all([refused, kept])
    expect(ticket.value).toMatchObject({ priority: 'High', subject: 'Smoke' })
  })

  it('leaves the ticket alone that was opened while a change was on its way', async () => {
    prepare()
    const id = ref('7')
    const view = effectScope().run(() => useTicket(id)) as ReturnType<typeof useTicket>
    await vi.waitFor(() => expect(view.state.value).toBe('ready'))
    refuses('frappe.client.set_value', 'You may not')
    const done = view.change({ subject: 'Smoke' })
    answers('frappe.client.get', sampleTicket({ name: 8, subject: 'Other' }))
    id.value = '8'
    await done
    await vi.waitFor(() => expect(view.ticket.value?.name).toBe(8))
    expect(view.ticket.value?.subject).toBe('Other')
  })

  it('follows what others do', async () => {
    prepare()
    const { timeline } = await opened()
    const more = [sampleMail(), sampleMail({ name: 'mail-2', creation: '2026-03-02 10:00:00' })]
    answers(`${api}.get_ticket_activities`, sampleActivities({ communications: more }))
    fire('helpdesk:ticket-update', { ticket_id: '8' })
    fire('helpdesk:ticket-update', { ticket_id: 7 })
    await vi.waitFor(() => expect(timeline.value).toHaveLength(2))
  })
})
