import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import { useSession } from '@/stores/session'
import { useViews } from '@/stores/views'
import type { CurrentUser } from '@/api/session'
import type { SavedView } from '@/types/list'
import ViewMenu from './ViewMenu.vue'

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

it('offers to save changes of one of my named views', async () => {
  useSession().user = { user_id: 'anna@x' } as CurrentUser
  const list = await loaded()
  useViews().views = [
    {
      name: 'v',
      dt: 'HD Ticket',
      label: 'Calm ones',
      user: 'anna@x',
      is_default: 0,
      is_standard: 0,
      public: 0,
      pinned: 0,
      is_customer_portal: 0,
      filters: '[]',
      columns: '[]',
      order_by: '',
      type: 'list',
    } as unknown as SavedView,
  ]
  const named = useListView({ doctype: 'HD Ticket', view: 'v' })
  await named.start()
  renderInDesk(ViewMenu, { list: named, title: 'Tickets' })
  expect(screen.getByText('Tickets / Calm ones')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull()
  named.settings.orderBy = 'subject asc'
  expect(await screen.findByRole('button', { name: 'Save changes' })).toBeTruthy()
  expect(list.isChanged.value).toBe(false)
})
