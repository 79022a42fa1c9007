import { nextTick, ref } from 'vue'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { LIST, answerList, listPage } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import { useSelection } from '@/composables/useSelection'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import BulkBar from './BulkBar.vue'

beforeEach(() => answerList({ data: [], total_count: 0 }))

function shown() {
  const selection = useSelection(ref([sampleRow({ name: 1 }), sampleRow({ name: 2 })]))
  selection.toggleAll()
  const list = useListView({ doctype: 'HD Ticket' })
  renderInDesk(BulkBar, { list, selection })
  return selection
}

it('closes each ticket, and tells which one refused and why', async () => {
  answers('frappe.client.set_value', (args) =>
    args.name === '1' ? {} : new Response('{"message":"It was merged"}', { status: 417 }),
  )
  const selection = shown()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(await screen.findByText(/It was merged/)).toBeTruthy()
  expect(selection.names.value).toHaveLength(2)
})

it('deletes only for managers, and after asking', async () => {
  shown()
  expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull()
})

it('keeps the selection when everything was refused', async () => {
  useSession().user = { is_manager: true } as CurrentUser
  refuses('frappe.client.delete', 'No')
  const selection = shown()
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await userEvent.click((await screen.findAllByRole('button', { name: 'Delete' })).at(-1) as HTMLElement) // prettier-ignore
  await vi.waitFor(() => expect(asked.filter(({ method }) => method === 'frappe.client.delete')).toHaveLength(2)) // prettier-ignore
  expect(selection.names.value).toHaveLength(2)
})

async function overMany() {
  const all = Array.from({ length: 60 }, (_, index) => sampleRow({ name: index + 1 }))
  answers(LIST, (args) =>
    listPage({ data: all.slice(0, Number(args.page_length)), total_count: 60 }),
  )
  const list = useListView({ doctype: 'HD Ticket' })
  await list.start()
  const selection = useSelection(list.rows)
  selection.toggleAll()
  renderInDesk(BulkBar, { list, selection })
  await userEvent.click(screen.getByRole('button', { name: 'Select all 60 that match' }))
  expect(await screen.findByText('60 selected')).toBeTruthy()
  return { list, selection }
}

it('changes everything that matches, not only the page, once one has said yes', async () => {
  answers('frappe.client.set_value', (args) =>
    args.name === '7' ? new Response('{"message":"It was merged"}', { status: 417 }) : {},
  )
  await overMany()
  const changed = () => asked.filter(({ method }) => method === 'frappe.client.set_value')
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(await screen.findByText('Change 60 tickets?')).toBeTruthy()
  expect(changed()).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Change' }))
  expect(await screen.findByText(/It was merged/)).toBeTruthy()
  expect(changed()).toHaveLength(60)
})

it('lets go of everything that matched when the filters change', async () => {
  const { list, selection } = await overMany()
  list.settings.filters = [['status', '=', 'Open']]
  await nextTick()
  expect(selection.names.value).toEqual([])
})
