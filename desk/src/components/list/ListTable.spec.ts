import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import ListTable from './ListTable.vue'

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
async function loaded() {
  answers('frappe.client.get_list', [])
  answers('frappe.client.insert', {})
  answers('helpdesk.api.doc.get_list_data', page)
  const list = useListView({ doctype: 'HD Ticket' })
  await list.start()
  return list
}

it('shows rows as links under sortable heads', async () => {
  const list = await loaded()
  renderInDesk(ListTable, { list, scroller: null, label: 'Tickets', routeOf: () => '/tickets/7' })
  expect(screen.getByRole('link', { name: 'Printer is on fire' }).getAttribute('href')).toBe(
    '/tickets/7',
  )
  await userEvent.click(screen.getByRole('button', { name: 'Subject' }))
  expect(list.settings.orderBy).toMatch(/^subject/)
})
