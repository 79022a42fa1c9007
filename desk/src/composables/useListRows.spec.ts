import { shallowRef } from 'vue'
import { beforeEach, expect, it } from 'vitest'
import { LIST, listPage } from '@/test/lists'
import { sampleRow } from '@/test/samples'
import { answers, refuses } from '@/test/server'
import type { Column, ListRow } from '@/types/list'
import { useListRows } from './useListRows'

const tickets = (...names: number[]) => names.map((name) => sampleRow({ name }))
const answersWith = (data: ListRow[]) => answers(LIST, listPage({ data, total_count: data.length }))
async function opened() {
  const request = { doctype: 'HD Ticket', filters: [], orderBy: '', pageLength: 20, columns: [], rows: [] } // prettier-ignore
  const list = useListRows(() => request, shallowRef<Column[]>([]))
  await list.reload()
  const names = () => list.rows.value.map(({ name }) => name)
  return { ...list, names }
}
beforeEach(() => answersWith(tickets(1, 2)))

it('shows what is new when nobody holds on to the rows', async () => {
  const list = await opened()
  answersWith(tickets(3, 1, 2))
  await list.refresh(() => false)
  expect(list.names()).toEqual([3, 1, 2])
  expect(list.unseen.value).toBe(0)
})

it('moves nothing under the hand: values change in place, and what came is counted', async () => {
  const list = await opened()
  answersWith([...tickets(3), sampleRow({ name: 2, status: 'Closed' })])
  await list.refresh(() => true)
  expect(list.names()).toEqual([1, 2])
  expect(list.rows.value[1]?.status).toBe('Closed')
  expect(list.unseen.value).toBe(2)
  await list.reload()
  expect(list.names()).toEqual([3, 2])
  expect(list.unseen.value).toBe(0)
})

it('tells of another order, too', async () => {
  const list = await opened()
  answersWith(tickets(2, 1))
  await list.refresh(() => true)
  expect(list.names()).toEqual([1, 2])
  expect(list.unseen.value).toBe(1)
})

it('keeps its rows when a refresh fails', async () => {
  const list = await opened()
  refuses(LIST, 'Not now')
  await list.refresh(() => false)
  expect(list.names()).toEqual([1, 2])
  expect(list.error.value).toBeNull()
})
