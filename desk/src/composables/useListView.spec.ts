import { effectScope, nextTick, ref } from 'vue'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import type { Column } from '@/types/list'
import type { ListSetup } from './useListSettings'
import { MOST_ROWS, useListView } from './useListView'

const LIST = 'helpdesk.api.doc.get_list_data'
const COUNT = 'helpdesk.api.doc.get_list_count'
const VIEWS = 'frappe.client.get_list'
const columns = [{ key: 'subject', label: 'Subject', type: 'Data', width: '20rem' }]
const answer = (rows = [sampleRow()], total = rows.length) => ({
  data: rows, columns, rows: [], fields: [], total_count: total,
}) // prettier-ignore
const view = (values: object) => ({ name: 'v1', dt: 'HD Ticket', label: 'Mine', user: 'anna', is_default: 0, is_customer_portal: 0, filters: '[]', columns: '[]', order_by: '', type: 'list', ...values }) // prettier-ignore

function opened(setup: Partial<ListSetup> = {}) {
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const list = scope.run(() => useListView({ doctype: 'HD Ticket', ...setup }))
  if (!list) throw new Error('no scope')
  return list
}
const listCalls = () => asked.filter(({ method }) => method === LIST)

describe('a list', () => {
  beforeEach(() => {
    useSession().user = { user_id: 'anna' } as CurrentUser
    answers(VIEWS, [])
    answers(LIST, answer())
  })

  it('loads, and asks for a longer page to show more', async () => {
    answers(LIST, answer([sampleRow()], 30))
    const list = opened()
    await list.start()
    expect(list.hasMore.value).toBe(true)
    await list.loadMore()
    expect(listCalls().map(({ args }) => args.page_length)).toEqual([20, 40])
  })

  it('shows its rows before it knows their number', async () => {
    answers(LIST, { ...answer(Array.from({ length: 20 }, (_, name) => sampleRow({ name }))), total_count: null }) // prettier-ignore
    let counted: (total: number) => void = () => {}
    const number = new Promise<number>((resolve) => (counted = resolve))
    answers(COUNT, () => number)
    const list = opened()
    await list.start()
    expect(list.rows.value).toHaveLength(20)
    expect(list.total.value).toBeNull()
    expect(list.hasMore.value).toBe(true)
    counted(100_000)
    await vi.waitFor(() => expect(list.total.value).toBe(100_000), 4000)
    await list.reload()
    expect(list.total.value).toBe(100_000)
  })

  it('forgets the number when something else is counted', async () => {
    answers(LIST, { ...answer(), total_count: null })
    answers(COUNT, 300)
    const list = opened({ filters: '[["status","=","Open"]]' })
    await list.start()
    await vi.waitFor(() => expect(list.total.value).toBe(300))
    answers(COUNT, () => new Promise<number>(() => {}))
    list.settings.filters = []
    await list.reload()
    expect(list.total.value).toBeNull()
  })

  it('says that the rest is to be filtered for when as many rows are shown as the server gives', async () => {
    answers(LIST, answer(Array.from({ length: MOST_ROWS }, (_, name) => sampleRow({ name })), 5000)) // prettier-ignore
    const list = opened()
    await list.start()
    expect(list.hasMore.value).toBe(false)
    expect(list.isCut.value).toBe(true)
  })

  it('keeps its rows when a reload fails', async () => {
    const list = opened()
    await list.start()
    refuses(LIST, 'Unknown field')
    await list.reload()
    expect(list.rows.value).toHaveLength(1)
    expect(String(list.error.value)).toContain('Unknown field')
  })

  it('shows what a view says, with the address laid over it', async () => {
    answers(VIEWS, [view({ filters: '{"status":"Open","priority":"Low"}', order_by: 'name asc' })])
    const list = opened({ view: 'v1', filters: '[["priority","=","High"]]' })
    await list.start()
    expect(listCalls()[0]?.args).toMatchObject({
      filters: [['status', '=', 'Open'], ['priority', '=', 'High']],
      order_by: 'name asc',
    }) // prettier-ignore
  })

  it('keeps every change in one’s own default view', async () => {
    answers('frappe.client.insert', (args) => ({ ...view({}), ...(args.doc as object) }))
    const list = opened()
    await list.start()
    list.settings.filters = [['status', '=', 'Open']]
    await vi.waitFor(() => expect(asked.some(({ method }) => method === 'frappe.client.insert')).toBe(true)) // prettier-ignore
    const made = asked.find(({ method }) => method === 'frappe.client.insert')?.args.doc
    expect(made).toMatchObject({ is_default: 1, filters: '[["status","=","Open"]]' })
  })

  it('changes a named view only when asked to', async () => {
    answers(VIEWS, [view({})])
    answers('frappe.client.set_value', view({}))
    const list = opened({ view: ref('v1') })
    await list.start()
    list.settings.orderBy = 'priority desc'
    await vi.waitFor(() => expect(listCalls()).toHaveLength(2))
    expect(list.isChanged.value).toBe(true)
    await list.save()
    expect(list.isChanged.value).toBe(false)
    expect(asked.at(-1)?.args.name).toBe('v1')
  })

  it('asks again for what it asked when something changed, and not before it was opened', async () => {
    const list = opened()
    await list.noteChange()
    expect(listCalls()).toHaveLength(0)
    await list.start()
    void list.noteChange(() => true)
    await vi.waitFor(() => expect(listCalls()).toHaveLength(2))
  })

  it('asks again when a change is taken back, and not for widths and names of columns', async () => {
    answers(VIEWS, [view({})])
    const list = opened({ view: 'v1' })
    await list.start()
    list.settings.orderBy = 'priority desc'
    await vi.waitFor(() => expect(listCalls()).toHaveLength(2))
    list.settings.orderBy = 'modified desc'
    await vi.waitFor(() => expect(listCalls()).toHaveLength(3))
    list.settings.columns = [{ ...columns[0], width: '9rem' } as Column]
    await vi.waitFor(() => expect(listCalls()).toHaveLength(4))
    list.settings.columns = [{ ...columns[0], width: '5rem' } as Column]
    await nextTick()
    expect(listCalls()).toHaveLength(4)
    expect(list.isChanged.value).toBe(true)
  })

  it('follows a figure to exactly its tickets, whatever the own list was filtered by', async () => {
    answers(VIEWS, [
      view({ is_default: 1, filters: '[["status","=","Open"]]', order_by: 'name asc' }),
    ])
    const list = opened({ filters: '[["priority","=","High"]]' })
    await list.start()
    expect(listCalls()[0]?.args).toMatchObject({ filters: [['priority', '=', 'High']], order_by: 'name asc' }) // prettier-ignore
  })
})
