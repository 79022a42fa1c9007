import { expect, it } from 'vitest'
import type { FormField } from '@/types/form'
import { useForm } from './useForm'

const FIELDS: FormField[] = [
  { name: 'title', label: 'Title', type: 'text', required: true },
  { name: 'note', label: 'Note', type: 'text' },
]
const form = (initial: Record<string, unknown> = {}) => useForm(() => FIELDS, initial)

it('sends nothing while something is missing, and says what', async () => {
  const { submit, errors } = form()
  const sent: unknown[] = []
  expect(await submit(async (values) => sent.push(values))).toBe(false)
  expect(errors.value).toEqual({ title: 'Title is needed.' })
  expect(sent).toEqual([])
})

it('knows what was changed, until it is sent', async () => {
  const { values, isChanged, submit } = form({ title: 'Old' })
  expect(isChanged.value).toBe(false)
  values.title = 'New'
  expect(isChanged.value).toBe(true)
  await submit(async () => {})
  expect(isChanged.value).toBe(false)
})

it('is sent once, and stays changed when it is refused', async () => {
  const { values, isChanged, isSaving, submit } = form({ title: 'Old' })
  values.title = 'New'
  const refused = submit(() => Promise.reject(new Error('No')))
  expect(await submit(async () => {})).toBe(false)
  await expect(refused).rejects.toThrow('No')
  expect([isChanged.value, isSaving.value]).toEqual([true, false])
})

it('keeps what is typed elsewhere when one value is stored by itself', () => {
  const { values, keep, changes, isChanged } = form({ title: 'Old', note: '' })
  values.note = 'Half writ'
  keep({ title: 'New' })
  expect([values.title, changes.value, isChanged.value]).toEqual([
    'New',
    { note: 'Half writ' },
    true,
  ])
})

it('asks for nothing that means nothing', async () => {
  const fields: FormField[] = [{ name: 'teams', label: 'Teams', type: 'text', required: true, when: ({ scope }) => scope === 'Team' }] // prettier-ignore
  const { values, check } = useForm(() => fields, { scope: 'Personal' })
  expect(check()).toBe(true)
  values.scope = 'Team'
  expect(check()).toBe(false)
})
