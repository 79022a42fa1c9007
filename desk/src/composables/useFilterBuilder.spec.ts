import { ref } from 'vue'
import { expect, it } from 'vitest'
import { answers } from '@/test/server'
import type { Condition } from '@/types/list'
import { useFilterBuilder } from './useFilterBuilder'

it('keeps the old condition applied until the new one is confirmed', async () => {
  answers('helpdesk.api.doc.get_filterable_fields', [
    { fieldname: 'subject', fieldtype: 'Data', label: 'Subject', options: null },
  ])
  const conditions = ref<Condition[]>([['subject', 'like', '%fire%']])
  const builder = useFilterBuilder('HD Ticket', false, conditions)
  await builder.load()
  builder.edit(0)
  builder.typed.value = 'smoke'
  expect(conditions.value).toEqual([['subject', 'like', '%fire%']])
  builder.apply()
  expect(conditions.value).toEqual([['subject', 'like', '%smoke%']])
})
