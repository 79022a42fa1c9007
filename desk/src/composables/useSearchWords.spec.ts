import { expect, it } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { useMasters } from '@/stores/masters'
import { useSearchWords } from './useSearchWords'

const FIELDS = 'helpdesk.api.doc.get_filterable_fields'
const subject = { fieldname: 'subject', fieldtype: 'Data', label: 'Subject', options: null }

it('learns fields and values once, and tries again after a failure', async () => {
  answers('frappe.client.get_list', [])
  refuses(FIELDS, 'Busy')
  const { known, load } = useSearchWords()
  await expect(load()).rejects.toThrow('Busy')
  answers(FIELDS, [subject])
  await load()
  await load()
  expect(asked.filter(({ method }) => method === FIELDS)).toHaveLength(2)
  expect(known.value.fields).toEqual([subject])
  useMasters().teams = [{ name: 'Billing' }]
  expect(known.value.values?.agent_group).toEqual([{ label: 'Billing', value: 'Billing' }])
})
