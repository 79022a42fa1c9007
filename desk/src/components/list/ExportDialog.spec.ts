import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { openedList } from '@/test/lists'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import ExportDialog from './ExportDialog.vue'

const WRITTEN = { operation: 'op', status: 'Queued' }
const EXPORT = 'helpdesk.api.bulk.export'
const LIMITS = { excel: 1000, pdf: 100, conversations: 10, has_pdf: true }
beforeEach(() => {
  answers(EXPORT, WRITTEN)
  answers('helpdesk.api.bulk.get_export_limits', LIMITS)
})
const press = () => userEvent.click(screen.getByRole('button', { name: 'Download' }))
const choose = async (label: string, value: string) => userEvent.selectOptions(await screen.findByLabelText(label), value) // prettier-ignore

it('exports the ticked rows in the chosen format', async () => {
  const list = await openedList()
  const { emitted } = renderInDesk(ExportDialog, { modelValue: true, list, names: [7] })
  await choose('Format', 'CSV')
  await choose('Values are separated by', ';')
  await press()
  await vi.waitFor(() => expect(emitted().started).toEqual([[WRITTEN]]))
  expect(asked.at(-1)?.args).toMatchObject({
    doctype: 'HD Ticket',
    columns: ['subject', 'status'],
    filters: [],
    order_by: 'modified desc',
    names: [7],
    file_format: 'CSV',
    delimiter: ';',
  })
})

it('exports all that match when that is wanted, with every column', async () => {
  const list = await openedList()
  renderInDesk(ExportDialog, { modelValue: true, list, names: [7] })
  await choose('Rows', 'all')
  await choose('Columns', 'all')
  await press()
  await vi.waitFor(() => expect(asked.at(-1)?.method).toBe(EXPORT))
  expect(asked.at(-1)?.args).toMatchObject({ names: null, columns: ['subject', 'status', 'agent_group'] }) // prettier-ignore
})

it('leaves internal notes out of conversations, and warns who takes them in', async () => {
  const list = await openedList({ total_count: 5 })
  renderInDesk(ExportDialog, { modelValue: true, list, names: [7] })
  await vi.waitFor(() =>
    expect(screen.getByRole<HTMLOptionElement>('option', { name: /with its conversation/ }).disabled).toBe(false),
  ) // prettier-ignore
  await choose('Format', 'Conversations')
  await userEvent.click(screen.getByLabelText('With internal notes'))
  expect(screen.getByRole('alert').textContent).toContain('Do not give this file to customers')
  await userEvent.click(screen.getByLabelText('With internal notes'))
  await press()
  await vi.waitFor(() => expect(asked.at(-1)?.method).toBe(EXPORT))
  expect(asked.at(-1)?.args).toMatchObject({ file_format: 'Conversations', with_notes: false })
})

it('refuses what does not fit before anything is asked for', async () => {
  const list = await openedList({ total_count: 20_000 })
  renderInDesk(ExportDialog, { modelValue: true, list, names: null })
  expect(await screen.findByText(/1000 rows at most/)).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Download' }).disabled).toBe(true)
  await choose('Format', 'CSV')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Download' }).disabled).toBe(false)
})

it('says how to get PDF where the site cannot make any', async () => {
  answers('helpdesk.api.bulk.get_export_limits', { ...LIMITS, has_pdf: false })
  const list = await openedList()
  renderInDesk(ExportDialog, { modelValue: true, list, names: null })
  expect(await screen.findByText(/installs the PDF extra/)).toBeTruthy()
  const option = screen.getByRole<HTMLOptionElement>('option', { name: 'PDF, as a table' })
  expect(option.disabled).toBe(true)
})
