import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { fillMasters } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useListView } from './useListView'
import { useBoard } from './useBoard'

it('asks each status for its own cards', async () => {
  fillMasters()
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.doc.get_list_data', {
    data: [],
    columns: [],
    rows: [],
    fields: [],
    total_count: 0,
  })
  const list = useListView({ doctype: 'HD Ticket' })
  const board = effectScope().run(() => useBoard(list))
  await vi.waitFor(() =>
    expect(board?.columns.value.map(({ status }) => status)).toEqual([
      'Open',
      'Replied',
      'Resolved',
    ]),
  )
  expect(asked.map(({ args }) => JSON.stringify(args.filters))).toContain(
    '[["status","=","Replied"]]',
  )
})
