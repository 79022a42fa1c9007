import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { answerList, sampleView } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { useListView } from '@/composables/useListView'
import ListFrame from './ListFrame.vue'
import './StatusBoard.vue' // loaded beforehand: what is awaited here is the press, not the file

const props = {
  title: 'Tickets',
  routeOf: () => '/tickets/7',
  emptyTitle: 'No tickets yet',
  emptyHint: 'Make one.',
}
async function shown(answer: object) {
  answerList(answer)
  const list = useListView({ doctype: 'HD Ticket' })
  renderInDesk(ListFrame, { list, ...props, hasBoard: true })
  await vi.waitFor(() => expect(list.isLoading.value).toBe(false))
  return list
}

it('tells an empty list from filters that nothing matches', async () => {
  const list = await shown({ data: [], total_count: 0 })
  expect(await screen.findByText('No tickets yet')).toBeTruthy()
  list.settings.filters = [['status', '=', 'Open']]
  await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }))
  expect(list.settings.filters).toEqual([])
})

it('says of a view that nothing is in it, until its filters are changed', async () => {
  answerList({ data: [], total_count: 0 }, [sampleView({ filters: '[["status","=","Open"]]' })])
  const list = useListView({ doctype: 'HD Ticket', view: 'v' })
  renderInDesk(ListFrame, { list, ...props })
  expect(await screen.findByText('Nothing in this view')).toBeTruthy()
  expect(screen.getAllByRole('button', { name: 'Clear filters' })).toHaveLength(1) // that of the bar
  list.settings.filters = [['status', '=', 'Closed']]
  expect(await screen.findByText('Nothing matches')).toBeTruthy()
})

it('turns into a board and back', async () => {
  const list = await shown({})
  await userEvent.click(await screen.findByRole('button', { name: 'Board' }))
  expect(list.settings.isBoard).toBe(true)
  expect(await screen.findByRole('group', { name: 'Status board' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'List' }))
  expect(await screen.findByRole('table')).toBeTruthy()
})
