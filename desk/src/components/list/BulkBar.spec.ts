import { nextTick, ref } from 'vue'
import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { LIST, answerList, listPage } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { sampleRow } from '@/test/samples'
import { useListView } from '@/composables/useListView'
import { useSelection } from '@/composables/useSelection'
import { fire } from '@/test/socket'
import type { BulkResult } from '@/api/bulk'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import BulkBar from './BulkBar.vue'

beforeEach(() => answerList({ data: [], total_count: 0 }))

function shown() {
  const selection = useSelection(ref([sampleRow({ name: 1 }), sampleRow({ name: 2 })]))
  selection.toggleAll()
  const list = useListView({ doctype: 'HD Ticket' })
  renderInDesk(BulkBar, { list, selection, offerExport: () => {} })
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

const START = 'helpdesk.api.bulk.start'
const OUTCOME = 'helpdesk.api.bulk.get_outcome'

function result(values: Partial<BulkResult> = {}): BulkResult {
  const none = { total: 60, done: 0, failed: 0, failures: [], file: null }
  return { operation: 'op', action: 'update', status: 'Queued', ...none, ...values }
}

async function overMany() {
  const all = Array.from({ length: 60 }, (_, index) => sampleRow({ name: index + 1 }))
  answers(LIST, (args) =>
    listPage({ data: all.slice(0, Number(args.page_length)), total_count: 60 }),
  )
  const list = useListView({ doctype: 'HD Ticket' })
  await list.start()
  list.settings.filters = [['status', '=', 'Open']]
  await nextTick()
  const selection = useSelection(list.rows)
  selection.toggleAll()
  renderInDesk(BulkBar, { list, selection, offerExport: () => {} })
  await userEvent.click(screen.getByRole('button', { name: 'Select all 60 that match' }))
  expect(await screen.findByText('60 selected')).toBeTruthy()
  return { list, selection }
}
async function confirmAll() {
  await userEvent.type(await screen.findByLabelText('Type 60 to go on'), '60')
  await userEvent.click(screen.getByRole('button', { name: 'Change' }))
}
const started = () => asked.filter(({ method }) => method === START)

it('lets the server change all that match, tells how far it is, and who refused', async () => {
  let now = result()
  answers(START, result())
  answers(OUTCOME, () => now)
  const { selection } = await overMany()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(await screen.findByText('Change 60 tickets?')).toBeTruthy()
  expect(started()).toHaveLength(0)
  await confirmAll()
  expect(await screen.findByText('0 of 60 done')).toBeTruthy()
  expect(started()[0]?.args).toEqual({
    action: 'update',
    values: { status: 'Resolved' },
    filters: [['status', '=', 'Open']],
  })
  expect(selection.count.value).toBe(0)
  fire('helpdesk:bulk-progress', result({ status: 'Running', done: 19, failed: 1 }))
  expect(await screen.findByText('20 of 60 done')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Close' })).toHaveProperty('disabled', true)
  now = result({ status: 'Done', done: 59, failed: 1, failures: [{ name: 7, error: 'It was merged' }] }) // prettier-ignore
  fire('helpdesk:bulk-progress', { ...now, failures: undefined })
  expect(await screen.findByText(/It was merged/)).toBeTruthy()
  expect(screen.queryByText('60 of 60 done')).toBeNull()
})

it('leaves the server to its work when somebody does not want to look on', async () => {
  answers(START, result())
  answers(OUTCOME, result())
  await overMany()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  await confirmAll()
  await userEvent.click(await screen.findByRole('button', { name: 'Hide' }))
  expect(screen.queryByRole('toolbar')).toBeNull()
})

it('keeps the selection when the server does not begin', async () => {
  refuses(START, 'Not today')
  const { selection } = await overMany()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  await confirmAll()
  await vi.waitFor(() => expect(started()).toHaveLength(1))
  await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Change' })).toHaveProperty('disabled', false)) // prettier-ignore
  expect(selection.count.value).toBe(60)
})

it('lets go of everything that matched when the filters change', async () => {
  const { list, selection } = await overMany()
  list.settings.filters = [['status', '=', 'Closed']]
  await nextTick()
  expect(selection.count.value).toBe(0)
})

it('merges the ticked ones into the one that stays', async () => {
  answers(START, result({ status: 'Done', total: 1, done: 1 }))
  answers(OUTCOME, result({ status: 'Done', total: 1, done: 1 }))
  answerList({ data: [sampleRow({ name: 1 }), sampleRow({ name: 2 })], total_count: 2 })
  const list = useListView({ doctype: 'HD Ticket' })
  await list.start()
  const selection = useSelection(list.rows)
  selection.toggleAll()
  renderInDesk(BulkBar, { list, selection, offerExport: () => {} })
  await userEvent.click(screen.getByRole('button', { name: 'Merge' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Merge' }))
  await vi.waitFor(() => expect(started()[0]?.args).toEqual({ action: 'merge', values: { into: 1 }, names: [2] })) // prettier-ignore
})

it('offers files of the ticked ones', async () => {
  const selection = useSelection(ref([sampleRow({ name: 1 })]))
  selection.toggleAll()
  const offerExport = vi.fn()
  renderInDesk(BulkBar, { list: useListView({ doctype: 'HD Ticket' }), selection, offerExport })
  await userEvent.click(screen.getByRole('button', { name: 'Export' }))
  expect(offerExport).toHaveBeenCalledWith([1])
})
