import { expect, it } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { useTicketFields } from './ticketFields'

const FIELDS = 'helpdesk.api.doc.get_filterable_fields'
const field = (fieldname: string) => ({ fieldname, label: fieldname, fieldtype: 'Data', options: null }) // prettier-ignore

it('is fetched once, and knows which fields a form may ask for', async () => {
  answers(FIELDS, ['priority', 'status', 'name', '_assign', 'custom_seats'].map(field))
  const fields = useTicketFields()
  await Promise.all([fields.load(), fields.load()])
  expect(asked).toHaveLength(1)
  expect(fields.own.map(({ fieldname }) => fieldname)).toEqual(['priority', 'status', 'custom_seats']) // prettier-ignore
  expect(fields.inForms.map(({ fieldname }) => fieldname)).toEqual(['priority', 'custom_seats'])
})

it('may be tried again after a failure', async () => {
  refuses(FIELDS, 'Not now')
  const fields = useTicketFields()
  await expect(fields.load()).rejects.toThrow('Not now')
  answers(FIELDS, [field('priority')])
  await fields.load()
  expect(fields.own).toHaveLength(1)
})
