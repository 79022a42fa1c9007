import { expect, it } from 'vitest'
import { findTabs, mayOpen, TABS } from './settingsTabs'

it('finds a tab by its name, its group and other words for it', () => {
  expect(findTabs(TABS, 'password').map(({ name }) => name)).toEqual(['profile'])
  expect(findTabs(TABS, ' IMAP ').map(({ name }) => name)).toEqual(['mailboxes'])
  expect(findTabs(TABS, 'nothing of the kind')).toEqual([])
  expect(findTabs(TABS, '')).toEqual(TABS)
})

it('opens to everybody what is theirs to set, and nothing of apps that are not there', () => {
  const namesFor = (user: object) =>
    TABS.filter((tab) => mayOpen(tab, user)).map(({ name }) => name)
  expect(namesFor({})).toEqual(['profile', 'preferences', 'notifications', 'replies', 'api'])
  expect(namesFor({ is_manager: true })).toContain('teams')
  expect(namesFor({ is_manager: true })).not.toContain('general')
  expect(namesFor({ is_manager: true, is_admin: true })).toContain('general')
  expect(namesFor({ is_manager: true, is_admin: true })).not.toContain('erpnext')
})
