import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import ListFooter from './ListFooter.vue'

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

it('tells how many of how many, and gets more', async () => {
  const list = await loaded()
  renderInDesk(ListFooter, { list, shown: 1, total: 45 })
  expect(screen.getByText('1 of 45')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }))
  expect(asked.at(-1)?.args.page_length).toBe(40)
})
