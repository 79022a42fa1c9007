import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { toServerFilters, useTicketList } from './useTicketList'

const LIST = 'helpdesk.api.doc.get_list_data'
const none = { search: '', status: '', priority: '', team: '', assignee: '' }

function inScope<T>(work: () => T): T {
  return effectScope().run(work) as T
}

describe('filters', () => {
  it('search subjects, or find one number', () => {
    expect(toServerFilters({ ...none, search: ' fire ' })).toEqual([['subject', 'like', '%fire%']])
    expect(toServerFilters({ ...none, search: '#12' })).toEqual([['name', '=', '12']])
  })

  it('know everything unresolved, mine, and nobody’s', () => {
    expect(toServerFilters({ ...none, status: 'open', assignee: '@me' })).toEqual([
      ['status_category', '!=', 'Resolved'],
      ['_assign', 'like', '%@me%'],
    ])
    expect(toServerFilters({ ...none, assignee: 'none' })).toEqual([['_assign', 'is', 'not set']])
  })
})

describe('the list', () => {
  it('loads, and asks for a longer page to show more', async () => {
    answers(LIST, { data: [sampleRow()], total_count: 30 })
    const list = inScope(() => useTicketList())
    await list.reload()
    expect(list.rows.value).toHaveLength(1)
    expect(list.hasMore.value).toBe(true)
    await list.loadMore()
    expect(asked.map(({ args }) => args.page_length)).toEqual([20, 40])
  })

  it('keeps its rows when a reload fails', async () => {
    answers(LIST, { data: [sampleRow()], total_count: 1 })
    const list = inScope(() => useTicketList())
    await list.reload()
    refuses(LIST, 'Unknown field')
    await list.reload()
    expect(list.rows.value).toHaveLength(1)
    expect(String(list.error.value)).toContain('Unknown field')
  })

  it('asks again when a filter changes, from the first page', async () => {
    answers(LIST, { data: [], total_count: 0 })
    const list = inScope(() => useTicketList())
    list.filters.priority = 'High'
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]?.args.filters).toEqual([['priority', '=', 'High']])
  })

  it('does not move rows under the hand: away from the top it only counts', () => {
    const list = inScope(() => useTicketList())
    list.noteChange(false)
    list.noteChange(false)
    expect(list.unseen.value).toBe(2)
    expect(asked).toHaveLength(0)
  })
})
