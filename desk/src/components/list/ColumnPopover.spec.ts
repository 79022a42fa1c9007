import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import ColumnPopover from './ColumnPopover.vue'

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
  answers('helpdesk.api.doc.get_list_data', (args) => ({
    ...page,
    columns: (args.columns as object[]).length ? (args.columns as object[]) : columns,
  }))
  const list = useListView({ doctype: 'HD Ticket' })
  await list.start()
  return list
}

it('adds and hides columns', async () => {
  const list = await loaded()
  renderInDesk(ColumnPopover, { list })
  await userEvent.click(screen.getByRole('button', { name: 'Columns' }))
  await userEvent.selectOptions(await screen.findByLabelText('Add a column'), 'agent_group')
  expect(list.settings.columns.map(({ key }) => key)).toEqual(['subject', 'status', 'agent_group'])
  await userEvent.click(screen.getByRole('button', { name: 'Hide Status' }))
  expect(list.settings.columns.map(({ key }) => key)).toEqual(['subject', 'agent_group'])
})
