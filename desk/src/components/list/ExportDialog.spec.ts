import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import ExportDialog from './ExportDialog.vue'

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

it('exports the ticked rows in the chosen format', async () => {
  const list = await loaded()
  const open = vi.spyOn(window, 'open').mockReturnValue(null)
  renderInDesk(ExportDialog, { modelValue: true, list, names: [7] })
  await userEvent.selectOptions(await screen.findByLabelText('Format'), 'CSV')
  await userEvent.click(screen.getByRole('button', { name: 'Download' }))
  const query = new URL(String(open.mock.calls[0]?.[0]), 'http://x').searchParams
  expect(query.get('file_format_type')).toBe('CSV')
  expect(query.get('filters')).toBe('[["name","in",[7]]]')
  open.mockRestore()
})
