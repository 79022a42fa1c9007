import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { useSelection } from '@/composables/useSelection'
import type { CurrentUser } from '@/api/session'
import { useSession } from '@/stores/session'
import RecordBar from './RecordBar.vue'

beforeEach(() => {
  useSession().user = { is_manager: true } as CurrentUser
})
async function shown(doctype = 'HD Customer') {
  const list = await openedList({ data: [{ name: 'Acme' }, { name: 'Bolt' }] }, { doctype })
  const selection = useSelection(list.rows)
  selection.toggleAll()
  const offerExport = vi.fn()
  const pathOf = (name: string | number) => `/customers/${name}`
  renderInDesk(RecordBar, { list, selection, offerExport, pathOf })
  return { selection, offerExport }
}

it('deletes after asking, and tells what was refused and why', async () => {
  refuses('frappe.client.delete', 'It has tickets')
  const { selection } = await shown()
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }))
  expect(await screen.findByText('It has tickets')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Acme' })).toBeTruthy()
  expect(selection.count.value).toBe(2)
})

it('offers files of the ticked ones, and contacts no tickets', async () => {
  const { offerExport } = await shown('Contact')
  await userEvent.click(screen.getByRole('button', { name: 'Export' }))
  expect(offerExport).toHaveBeenCalledWith(['Acme', 'Bolt'])
  expect(screen.queryByRole('button', { name: 'Write to them' })).toBeNull()
})

it('begins a ticket with each customer', async () => {
  vi.mock('@/components/composer/RichEditor.vue', () => ({
    default: { emits: ['update:modelValue'], template: `<button @click="$emit('update:modelValue', '<p>Hello</p>')">write</button>` }, // prettier-ignore
  }))
  const done = { operation: 'op', action: 'write_to_customer', status: 'Done', total: 2, done: 1, failed: 1, file: null } // prettier-ignore
  const result = { ...done, failures: [{ name: 'Bolt', error: 'It has no address' }] }
  answers('helpdesk.api.bulk.start', result)
  answers('helpdesk.api.bulk.get_outcome', result)
  await shown()
  await userEvent.click(screen.getByRole('button', { name: 'Write to them' }))
  await userEvent.type(await screen.findByLabelText(/Subject/), 'News')
  await userEvent.click(screen.getByRole('button', { name: 'write' }))
  await userEvent.click(screen.getByRole('button', { name: 'Send 2 messages' }))
  expect(await screen.findByText('It has no address')).toBeTruthy()
  const started = asked.find(({ method }) => method === 'helpdesk.api.bulk.start')
  expect(started?.args).toMatchObject({ action: 'write_to_customer', names: ['Acme', 'Bolt'], values: { subject: 'News', message: '<p>Hello</p>', once: 1 } }) // prettier-ignore
})
