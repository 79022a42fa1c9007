import { expect, it } from 'vitest'
import { answers, asked } from '@/test/server'
import type { RecordKind } from '@/types/form'
import { useRecordForm } from './useRecordForm'

const kind: RecordKind = {
  doctype: 'HD Team',
  one: 'Team',
  title: 'team_name',
  fields: [
    { name: 'team_name', label: 'Name', type: 'text', required: true },
    { name: 'users', label: 'Members', type: 'table', required: true, fields: [] },
  ],
}

it('says what is missing before it asks the server', async () => {
  const form = useRecordForm(kind, null)
  await form.load()
  expect(await form.save()).toBe(false)
  expect(form.errors.value).toEqual({ team_name: 'Name is needed.', users: 'Members is needed.' })
  expect(asked).toEqual([])
})

it('saves a record whole, with the rows it has', async () => {
  answers('frappe.client.get', { name: 'Billing', team_name: 'Billing', users: [{ user: 'anna' }] })
  answers('frappe.client.save', (args) => args.doc as Record<string, string>)
  const form = useRecordForm(kind, 'Billing')
  await form.load()
  ;(form.values.users as object[]).push({ user: 'arne' })
  expect(form.isChanged.value).toBe(true)
  expect(await form.save()).toBe(true)
  expect(asked.at(-1)?.args.doc).toMatchObject({ doctype: 'HD Team', users: [{ user: 'anna' }, { user: 'arne' }] }) // prettier-ignore
  expect(form.isChanged.value).toBe(false)
})

it('copies a record with its rows, but not its name', async () => {
  answers('frappe.client.get', { name: 'A', title: 'A', owner: 'x', rows: [{ name: 'r1', parent: 'A', idx: 1, user: 'anna' }] }) // prettier-ignore
  const copying: RecordKind = { ...kind, fields: [{ name: 'title', label: 'Name', type: 'text', isName: true }] } // prettier-ignore
  const form = useRecordForm(copying, null, 'A')
  await form.load()
  expect(form.values).toEqual({ rows: [{ user: 'anna' }] })
})
