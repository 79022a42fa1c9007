import { afterEach, beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { forget, ownKey, ownPrefix, useOwnStorage } from './ownStorage'

const signIn = (user: string) => (document.cookie = `user_id=${encodeURIComponent(user)}`)
beforeEach(() => (window.site_name = 'help.test'))
afterEach(() => {
  document.cookie = 'user_id=; max-age=0'
  delete window.site_name
})

it('names what it keeps by site and person', () => {
  signIn('anna@x.test')
  expect(ownKey('tab')).toBe('helpdesk:help.test:anna@x.test:tab')
  document.cookie = 'user_id=Guest'
  expect(ownKey('tab')).toBe('helpdesk:help.test:Guest:tab')
})

it('shows nobody what another one chose', async () => {
  signIn('anna@x.test')
  useOwnStorage('width', 300).value = 420
  await nextTick()
  expect(useOwnStorage('width', 300).value).toBe(420)
  signIn('arne@x.test')
  expect(useOwnStorage('width', 300).value).toBe(300)
})

it('writes nothing as long as nothing is chosen', () => {
  useOwnStorage('width', 300)
  expect(localStorage).toHaveLength(0)
})

it('forgets one person and leaves the others alone', () => {
  signIn('anna@x.test')
  localStorage.setItem(ownKey('draft:7:reply'), 'hers')
  const hers = ownPrefix()
  signIn('arne@x.test')
  localStorage.setItem(ownKey('draft:7:reply'), 'his')
  forget(hers)
  expect(Object.values({ ...localStorage })).toEqual(['his'])
})
