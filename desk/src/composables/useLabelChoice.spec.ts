import { ref } from 'vue'
import { expect, it, vi } from 'vitest'
import { answers, asked } from '@/test/server'
import { useLabelChoice } from './useLabelChoice'

function answerLabels(): void {
  answers('frappe.client.get_list', [{ name: 'VIP', color: 'Amber', description: null }])
  answers('frappe.desk.doctype.tag.tag.get_tags', ['Printer'])
}

it('offers what was typed as a new label, without commas, unless there is one', async () => {
  answerLabels()
  const labels = useLabelChoice(ref(['Fire']))
  labels.begin()
  await vi.waitFor(() => expect(labels.choices.value).toEqual(['VIP', 'Printer']))
  labels.search.value = 'on, fire '
  expect(labels.fresh.value).toBe('on fire')
  labels.search.value = 'vip'
  expect([labels.fresh.value, labels.choices.value]).toEqual(['', ['VIP']])
  labels.search.value = 'fire'
  expect([labels.fresh.value, labels.has('FIRE')]).toEqual(['', true])
})

it('asks for nothing before somebody chooses, where there is no label to paint', () => {
  useLabelChoice(ref([]))
  expect(asked).toEqual([])
})
