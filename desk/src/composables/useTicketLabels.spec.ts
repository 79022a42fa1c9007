import { effectScope, nextTick, shallowRef } from 'vue'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { sampleTicket } from '@/test/samples'
import { answers, asked, refuses } from '@/test/server'
import { useTicketLabels } from './useTicketLabels'

const TAGS = 'frappe.desk.doctype.tag.tag'
beforeEach(() => {
  answers('frappe.client.get_list', [{ name: 'VIP', color: 'Amber', description: null }])
  answers(`${TAGS}.get_tags`, ['Printer'])
})
function labelsOf(tags: string | null) {
  const ticket = shallowRef(sampleTicket({ _user_tags: tags }))
  const saved = vi.fn()
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const labels = scope.run(() => useTicketLabels(ticket, saved)) as ReturnType<typeof useTicketLabels> // prettier-ignore
  return { ticket, saved, labels }
}

it('adds a label and takes one off, each once', async () => {
  answers(`${TAGS}.add_tag`, 'VIP')
  answers(`${TAGS}.remove_tag`, null)
  const { labels, saved } = labelsOf(',Printer')
  await labels.add('VIP')
  await labels.add('vip')
  expect(labels.shown.value).toEqual(['Printer', 'VIP'])
  await labels.remove('printer')
  expect(labels.shown.value).toEqual(['VIP'])
  expect(saved).toHaveBeenCalledTimes(2)
  expect(asked.filter(({ method }) => /_tag$/.test(method)).map(({ args }) => args.tag)).toEqual(['VIP', 'printer']) // prettier-ignore
})

it('puts it back when the server refuses', async () => {
  refuses(`${TAGS}.remove_tag`, 'Not yours')
  const { labels, saved } = labelsOf(',Printer')
  await labels.remove('Printer')
  expect(labels.shown.value).toEqual(['Printer'])
  expect(saved).not.toHaveBeenCalled()
})

it('follows the ticket', async () => {
  const { labels, ticket } = labelsOf(null)
  ticket.value = sampleTicket({ _user_tags: ',Fire' })
  await nextTick()
  expect(labels.shown.value).toEqual(['Fire'])
})
