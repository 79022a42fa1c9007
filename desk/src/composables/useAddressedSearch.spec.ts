import { ref } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { answers } from '@/test/server'
import { useAddressedSearch } from './useAddressedSearch'

beforeEach(() => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.doc.get_filterable_fields', [
    { fieldname: 'subject', fieldtype: 'Data', label: 'Subject', options: null },
  ])
})

it('asks for nothing until the words are understood', async () => {
  const query = ref<string | undefined>('subject:fire colour:red')
  const filters = useAddressedSearch(query)
  expect(filters.value).toBe('[]')
  await vi.waitFor(() => expect(filters.value).toBe('[["subject","like","%fire%"]]'))
  query.value = undefined
  await vi.waitFor(() => expect(filters.value).toBeUndefined())
})

it('is silent without a search', () => {
  expect(useAddressedSearch(undefined).value).toBeUndefined()
})
