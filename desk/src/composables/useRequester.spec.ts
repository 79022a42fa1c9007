import { expect, it } from 'vitest'
import { answers } from '@/test/server'
import { useRequester } from './useRequester'

const INFO = 'helpdesk.api.contact.get_contact_info'
const cleo = { name: 'Cleo', full_name: 'Cleo', email_id: 'cleo@acme.test' }
const belongsTo = (...names: string[]) => answers(INFO, { customers: names.map((name) => ({ name, image: null })) }) // prettier-ignore

it('fills in the one customer of the requester', async () => {
  belongsTo('Acme')
  const values: Record<string, string> = {}
  const { requester } = useRequester((field, value) => (values[field] = value))
  requester.value = cleo
  await expect.poll(() => values.customer).toBe('Acme')
  expect(values).toMatchObject({ raised_by: 'cleo@acme.test', contact: 'Cleo' })
  requester.value = null
  expect(values).toEqual({ raised_by: '', contact: '', customer: '' })
})

it('offers several customers to choose from', async () => {
  belongsTo('Acme', 'Bolt')
  const values: Record<string, string> = {}
  const { requester, choices } = useRequester((field, value) => (values[field] = value))
  requester.value = cleo
  await expect.poll(() => choices.value.customer?.map(({ value }) => value)).toEqual(['Acme', 'Bolt']) // prettier-ignore
  expect(values.customer).toBe('')
})
