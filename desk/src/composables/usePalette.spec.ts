import { nextTick } from 'vue'
import { expect, it, vi } from 'vitest'
import { renderAt } from '@/test/render'
import { answers } from '@/test/server'
import { useAi } from '@/stores/ai'
import { useSession } from '@/stores/session'
import { useLayout } from '@/stores/layout'
import type { CurrentUser } from '@/api/session'
import { usePalette } from './usePalette'

async function opened() {
  useSession().user = { user_id: 'anna@x', is_agent: true } as CurrentUser
  let palette: ReturnType<typeof usePalette> | undefined
  await renderAt('/', { setup: () => ((palette = usePalette()), {}), template: '<i />' })
  return palette as ReturnType<typeof usePalette>
}
const labels = ({ items }: ReturnType<typeof usePalette>) => items.value.map(({ label }) => label)

it('opens a ticket by its number', async () => {
  const palette = await opened()
  palette.text.value = '#12'
  await nextTick()
  expect(labels(palette)[0]).toBe('Open ticket #12')
})

it('finds pages, tickets and everything else', async () => {
  const hit = { id: 'HD Ticket:9', doctype: 'HD Ticket', name: '9', title: 'Dashboard is empty', content: '', modified: '2026-03-02 08:00:00', score: 1 } // prettier-ignore
  answers('helpdesk.api.search.search', { results: [hit, hit], summary: {} })
  const palette = await opened()
  palette.text.value = 'dash'
  await vi.waitFor(() => expect(labels(palette)).toEqual(['#9 Dashboard is empty', 'Dashboard', 'Search for “dash”'])) // prettier-ignore
})

it('leads to the settings by other words for them, too', async () => {
  answers('helpdesk.api.search.search', { results: [], summary: {} })
  const palette = await opened()
  palette.text.value = 'photo'
  await nextTick()
  const profile = palette.items.value.find(({ label }) => label === 'Settings: Profile')
  profile?.run()
  expect(useLayout().settingsTab).toBe('profile')
  palette.text.value = 'IMAP'
  await nextTick()
  expect(labels(palette)).toEqual(['Search for “IMAP”'])
})

it('makes a ticket from text only where AI helps', async () => {
  answers('helpdesk.api.search.search', { results: [], summary: {} })
  const palette = await opened()
  palette.text.value = 'from text'
  await nextTick()
  expect(labels(palette)).not.toContain('Create a ticket from text…')
  useAi().isOn = true
  const another = await opened()
  another.text.value = 'from text'
  await nextTick()
  expect(labels(another)).toContain('Create a ticket from text…')
})

it('offers a ticket from text as soon as it is known that there is AI', async () => {
  answers('helpdesk.api.search.search', { results: [], summary: {} })
  const palette = await opened()
  palette.text.value = 'from text'
  await nextTick()
  expect(labels(palette)).not.toContain('Create a ticket from text…')
  useAi().isOn = true
  await vi.waitFor(() => expect(labels(palette)).toContain('Create a ticket from text…'))
})
