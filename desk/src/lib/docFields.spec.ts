import { expect, it } from 'vitest'
import type { DocField } from '@/api/documents'
import { formFields } from './docFields'

const field = (fieldname: string, fieldtype: string, more: Partial<DocField> = {}): DocField => ({ fieldname, fieldtype, label: fieldname, ...more }) // prettier-ignore

it('offers what people fill in', () => {
  const found = formFields([
    field('enabled', 'Check'),
    field('token', 'Password', { reqd: 1 }),
    field('app', 'Select', { options: '\nOne\nTwo' }),
    field('rows', 'Table'),
    field('break', 'Section Break'),
    field('secret', 'Data', { hidden: 1 }),
    field('sid', 'Data', { read_only: 1 }),
    field('user', 'Link', { options: 'User' }),
  ], ['user']) // prettier-ignore
  expect(found.map(({ name, type }) => [name, type])).toEqual([['enabled', 'check'], ['token', 'password'], ['app', 'select']]) // prettier-ignore
  expect(found[1]?.required).toBe(true)
  expect(found[2]?.options).toEqual(['One', 'Two'])
})

it('shows a field that hangs on a switch when that is on', () => {
  for (const depends_on of ['enabled', 'eval:doc.enabled', 'eval: doc.enabled']) {
    const [found] = formFields([field('sid', 'Data', { depends_on })])
    expect([found?.when?.({ enabled: 1 }), found?.when?.({ enabled: 0 })]).toEqual([true, false])
  }
  const [other] = formFields([field('sid', 'Data', { depends_on: 'eval:doc.a && doc.b' })])
  expect(other?.when).toBeUndefined()
})
