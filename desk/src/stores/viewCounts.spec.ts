import { expect, it } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import type { SavedView } from '@/types/list'
import { useViewCounts } from './viewCounts'

const view = (name: string) => ({ name, dt: 'HD Ticket', filters: '[]' }) as SavedView

it('counts each view, and shortens large numbers', async () => {
  answers('helpdesk.api.doc.get_list_count', 1000)
  const counts = useViewCounts()
  await counts.load([view('a')])
  expect(counts.badge('a')).toBe('999+')
  expect(counts.badge('b')).toBe('')
  expect(asked.at(-1)?.args.at_most).toBe(1000)
})

it('shows no number for a view that cannot be counted', async () => {
  refuses('helpdesk.api.doc.get_list_count', 'no such field')
  const counts = useViewCounts()
  await counts.load([view('a')])
  expect(counts.badge('a')).toBe('')
})
