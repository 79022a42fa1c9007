import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { openedList } from '@/test/lists'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import ExportDialog from './ExportDialog.vue'

it('exports the ticked rows in the chosen format', async () => {
  const list = await openedList()
  const open = vi.spyOn(window, 'open').mockReturnValue(null)
  renderInDesk(ExportDialog, { modelValue: true, list, names: [7] })
  await userEvent.selectOptions(await screen.findByLabelText('Format'), 'CSV')
  await userEvent.click(screen.getByRole('button', { name: 'Download' }))
  const query = new URL(String(open.mock.calls[0]?.[0]), 'http://x').searchParams
  expect(query.get('file_format_type')).toBe('CSV')
  expect(query.get('filters')).toBe('[["name","in",[7]]]')
  open.mockRestore()
})

const WRITTEN = { operation: 'op', status: 'Queued' }
const EXPORT = 'helpdesk.api.bulk.export'

it('lets the server write all rows as CSV', async () => {
  const list = await openedList()
  answers(EXPORT, WRITTEN)
  const { emitted } = renderInDesk(ExportDialog, { modelValue: true, list, names: null })
  await userEvent.selectOptions(await screen.findByLabelText('Format'), 'CSV')
  await userEvent.click(screen.getByRole('button', { name: 'Download' }))
  await vi.waitFor(() => expect(emitted().started).toEqual([[WRITTEN]]))
  expect(asked.at(-1)?.args).toEqual({
    doctype: 'HD Ticket',
    columns: ['subject', 'status'],
    filters: [],
    order_by: 'modified desc',
  })
})

it('does not cut off what is too long for Excel', async () => {
  const list = await openedList({ total_count: 20_000 })
  answers(EXPORT, WRITTEN)
  const { emitted } = renderInDesk(ExportDialog, { modelValue: true, list, names: null })
  expect(await screen.findByText('More than 10000 rows are written as CSV.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Download' }))
  await vi.waitFor(() => expect(emitted().started).toEqual([[WRITTEN]]))
})
