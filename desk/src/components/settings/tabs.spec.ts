import { expect, it } from 'vitest'
import { findTabs, TABS } from './tabs'

it('finds a tab by its name, its group and other words for it', () => {
  expect(findTabs(TABS, 'password').map(({ name }) => name)).toEqual(['profile'])
  expect(findTabs(TABS, ' IMAP ').map(({ name }) => name)).toEqual(['mailboxes'])
  expect(findTabs(TABS, 'nothing of the kind')).toEqual([])
  expect(findTabs(TABS, '')).toEqual(TABS)
})
