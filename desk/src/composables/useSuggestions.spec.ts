import { computed, nextTick, reactive, ref } from 'vue'
import { expect, it, vi } from 'vitest'
import { answers, asked } from '@/test/server'
import type { Condition, FilterField } from '@/types/list'
import type { ListView } from './useListView'
import { useSuggestions } from './useSuggestions'

const field = (fieldname: string, fieldtype: string, label = fieldname): FilterField => ({ fieldname, fieldtype, label, options: null }) // prettier-ignore
const fields = [field('creation', 'Datetime', 'Created On'), field('status', 'Link', 'Status'), field('customer', 'Link', 'Customer'), field('category', 'Link', 'Category'), field('_user_tags', 'Link', 'Label'), field('escalated_by', 'Link', 'Escalated By')] // prettier-ignore
const values = { status: ['Open', 'On Hold'].map((value) => ({ label: value, value })) }
const known = computed(() => ({ fields, values }))

function suggesting(filters: Condition[] = []) {
  const text = ref('')
  const list = { doctype: 'HD Ticket', settings: reactive({ filters }) as unknown as ListView['settings'] } // prettier-ignore
  return { text, ...useSuggestions(text, list, { known }) }
}

it('offers the usual keys first, and any other by its name', async () => {
  const { text, suggestions } = suggesting()
  expect(suggestions.value.map(({ word }) => word)).toEqual(['status:', 'category:', 'customer:', 'label:', 'created:']) // prettier-ignore
  text.value = 'hello escal'
  await nextTick()
  expect(suggestions.value.map(({ word }) => word)).toEqual(['escalated_by:'])
  text.value = '-unass'
  await nextTick()
  expect(suggestions.value[0]).toMatchObject({ word: '-is:unassigned', isWhole: true })
})

it('offers values with the number of tickets that have each, the most first', async () => {
  answers('helpdesk.api.doc.get_group_counts', { Open: 3, 'On Hold': 9 })
  const { text, suggestions, isValue, complete } = suggesting([['customer', '=', 'Acme'], ['status', '=', 'x']]) // prettier-ignore
  text.value = 'hello -status:o'
  await vi.waitFor(() => expect(suggestions.value[0]?.hint).toBe('9'))
  expect(asked[0]?.args).toMatchObject({ group_by: 'status', filters: [['customer', '=', 'Acme']] })
  expect(isValue.value).toBe(true)
  const [first] = suggestions.value
  expect(first && complete(first)).toBe('hello -status:"On Hold"')
  text.value = 'status:Open,on'
  await nextTick()
  expect(suggestions.value.map(({ word }) => word)).toEqual(['status:Open,"On Hold"', 'status:Open,none']) // prettier-ignore
})

it('finds the values of links nobody listed by counting, and labels by their list', async () => {
  answers('helpdesk.api.doc.get_group_counts', { Acme: 2, '': 5 })
  answers('frappe.client.get_list', [{ name: 'VIP' }])
  const { text, suggestions } = suggesting()
  text.value = 'customer:'
  await vi.waitFor(() => expect(suggestions.value.map(({ label }) => label)).toEqual(['Acme', 'none'])) // prettier-ignore
  text.value = 'label:v'
  await vi.waitFor(() => expect(suggestions.value.map(({ label }) => label)).toEqual(['VIP']))
})

it('offers times for dates and states for is', async () => {
  const { text, suggestions } = suggesting()
  text.value = 'created:7'
  await nextTick()
  expect(suggestions.value.map(({ word }) => word)).toEqual(['created:7d'])
  text.value = 'is:arch'
  await nextTick()
  expect(suggestions.value.map(({ word }) => word)).toEqual(['is:archived'])
})
