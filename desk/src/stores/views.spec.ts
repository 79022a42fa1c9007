import { expect, it } from 'vitest'
import { useSession } from './session'
import type { CurrentUser } from '@/api/session'
import type { SavedView } from '@/types/list'
import { useViews } from './views'

it('lets owners change their views, and managers the public ones', () => {
  useSession().user = { user_id: 'anna@x', user_name: 'Anna', is_agent: true } as CurrentUser
  const views = useViews()
  const view = (values: object) =>
    ({ name: 'v', user: 'anna@x', public: 0, is_standard: 0, ...values }) as SavedView
  expect(views.mayChange(view({}))).toBe(true)
  expect(views.mayChange(view({ public: 1 }))).toBe(false)
  expect(views.mayChange(view({ user: 'arne@x' }))).toBe(false)
  expect(views.mayChange(view({ is_standard: 1 }))).toBe(false)
})

it('offers managers no views of others, but the shipped ones that are hidden', () => {
  useSession().user = { user_id: 'mona@x', is_manager: true } as CurrentUser
  const views = useViews()
  views.views = [
    { name: 'own', user: 'mona@x' },
    { name: 'other', user: 'anna@x' },
    { name: 'public', user: 'anna@x', public: 1 },
    { name: 'hidden', user: null, is_standard: 1 },
    { name: 'default', user: 'mona@x', is_default: 1 },
  ] as unknown as SavedView[]
  expect(views.named.map(({ name }) => name)).toEqual(['own', 'public', 'hidden'])
})
