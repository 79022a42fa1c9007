import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import ListFrame from './ListFrame.vue'

const columns = [
  { key: 'subject', label: 'Subject', type: 'Data', width: '20rem' },
  { key: 'status', label: 'Status', type: 'Link', width: '8rem' },
]
const page = {
  data: [sampleRow()],
  columns,
  rows: [],
  fields: [{ label: 'Team', type: 'Link', value: 'agent_group' }],
  total_count: 45,
}
const props = {
  title: 'Tickets',
  routeOf: () => '/tickets/7',
  emptyTitle: 'No tickets yet',
  emptyHint: 'Make one.',
}
async function shown(answer: object) {
  answers('frappe.client.get_list', [])
  answers('frappe.client.insert', {})
  answers('helpdesk.api.doc.get_quick_filters', [])
  answers('helpdesk.api.doc.get_list_data', { ...page, ...answer })
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

it('turns into a board and back', async () => {
  const list = await shown({})
  await userEvent.click(await screen.findByRole('button', { name: 'Board' }))
  expect(list.settings.isBoard).toBe(true)
  expect(await screen.findByRole('group', { name: 'Status board' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'List' }))
  expect(await screen.findByRole('table')).toBeTruthy()
})
