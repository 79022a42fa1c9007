import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import BulkUpdateDialog from './BulkUpdateDialog.vue'

const field = (fieldname: string, label: string, options: string) => ({ fieldname, label, fieldtype: 'Select', options }) // prettier-ignore
beforeEach(() =>
  answers('helpdesk.api.doc.get_filterable_fields', [
    field('status', 'Status', 'Open\nClosed'),
    field('priority', 'Priority', 'Low\nHigh'),
    field('subject', 'Subject', ''),
  ]),
)
const change = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Change' })

it('changes several fields with one note, each field once', async () => {
  const send = vi.fn().mockResolvedValue({})
  renderInDesk(BulkUpdateDialog, { modelValue: true, count: 3, send })
  await userEvent.selectOptions(await screen.findByLabelText('Value'), 'Closed')
  await userEvent.click(screen.getByRole('button', { name: 'Another field' }))
  expect(screen.queryByRole('button', { name: 'Another field' })).toBeNull()
  expect(change().disabled).toBe(true)
  await userEvent.selectOptions(screen.getAllByLabelText('Value')[1] as HTMLElement, 'High')
  await userEvent.type(screen.getByLabelText('Internal note on each ticket'), 'All at once')
  await userEvent.click(change())
  expect(send).toHaveBeenCalledWith({ status: 'Closed', priority: 'High', note: 'All at once' })
})

it('wants the number of many typed', async () => {
  renderInDesk(BulkUpdateDialog, { modelValue: true, count: 60, send: vi.fn() })
  await userEvent.selectOptions(await screen.findByLabelText('Value'), 'Closed')
  expect(change().disabled).toBe(true)
  await userEvent.type(screen.getByLabelText('Type 60 to go on'), '60')
  expect(change().disabled).toBe(false)
})
