import { nextTick, reactive, shallowRef } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { answers, asked } from '@/test/server'
import { useMasters } from '@/stores/masters'
import type { TicketStatus } from '@/api/masters'
import type { Condition, ListRow } from '@/types/list'
import type { ListView } from './useListView'
import { useStatusTabs } from './useStatusTabs'

const GROUPS = 'helpdesk.api.doc.get_group_counts'
const status = (name: string, category: TicketStatus['category']): TicketStatus => ({ name, label_agent: name, label_customer: null, category, color: 'Red', enabled: 1 }) // prettier-ignore
beforeEach(() => {
  useMasters().statuses = [status('Open', 'Open'), status('Closed', 'Resolved')]
  answers(GROUPS, { Open: 7, Closed: 3 })
  answers('helpdesk.api.doc.get_list_count', 2)
})

function tabbed(filters: Condition[] = []) {
  const settings = reactive({ filters }) as unknown as ListView['settings']
  const rows = shallowRef<ListRow[]>([])
  const tabs = useStatusTabs({ doctype: 'HD Ticket', settings, rows } as unknown as ListView)
  return { settings, rows, ...tabs }
}

it('counts every tab in two questions, after the rows', async () => {
  const { rows, tabs } = tabbed([['priority', '=', 'Low'], ['status', '=', 'Open']]) // prettier-ignore
  expect(asked).toHaveLength(0)
  rows.value = []
  rows.value = [{ name: 1 }]
  await vi.waitFor(() => expect(tabs.value.map(({ label, count }) => [label, count])).toEqual([['All', 10], ['Mine', 2], ['Open', 7], ['Closed', 3]])) // prettier-ignore
  expect(asked).toHaveLength(2)
  expect(asked.find(({ method }) => method === GROUPS)?.args).toMatchObject({ group_by: 'status', filters: [['priority', '=', 'Low']] }) // prettier-ignore
  rows.value = [{ name: 2 }]
  await nextTick()
  expect(asked.length).toBeLessThanOrEqual(4)
})

it('sets the one condition it stands for, and leaves the others', () => {
  const { settings, current } = tabbed([['priority', '=', 'Low']])
  expect(current.value).toBe('all')
  current.value = 'Closed'
  expect(settings.filters).toEqual([['priority', '=', 'Low'], ['status', '=', 'Closed']]) // prettier-ignore
  current.value = 'mine'
  expect(settings.filters).toEqual([['priority', '=', 'Low'], ['_assign', 'like', '%@me%']]) // prettier-ignore
  expect(current.value).toBe('mine')
  current.value = 'all'
  expect(settings.filters).toEqual([['priority', '=', 'Low']])
})

it('is no tab when the filters ask for something else of the status', () => {
  expect(tabbed([['status', '!=', 'Closed']]).current.value).toBe('')
})

it('puts many statuses together under their categories', () => {
  useMasters().statuses = 'abcdefg'.split('').map((name) => status(name, name < 'd' ? 'Open' : 'Paused')) // prettier-ignore
  const { tabs, settings, current } = tabbed()
  expect(tabs.value.map(({ name }) => name)).toEqual(['all', 'mine', 'Open', 'Paused'])
  current.value = 'Paused'
  expect(settings.filters).toEqual([['status_category', '=', 'Paused']])
})
