import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import DeleteRecordDialog from './DeleteRecordDialog.vue'

it('says what becomes of the tickets, and deletes them only when asked to', async () => {
  answers('frappe.client.get_count', 12)
  const remove = vi.fn(async () => {})
  renderInDesk(DeleteRecordDialog, { modelValue: true, kind: 'HD Customer', name: 'Acme', consequences: ['Three contacts stay.'], remove }) // prettier-ignore
  expect(await screen.findByText('12 tickets stay, and no longer name it.')).toBeTruthy()
  expect(screen.getByText('Three contacts stay.')).toBeTruthy()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Delete the tickets, too' }))
  expect(screen.getByText('12 tickets are deleted with everything in them.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  expect(remove).toHaveBeenCalledWith(true)
})
