import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import MergeRecordDialog from './MergeRecordDialog.vue'

const MERGE = 'helpdesk.api.settings.kinds.merge'
async function open(props: object = {}) {
  answers('frappe.client.get_list', [{ name: 'Billing' }, { name: 'Account' }])
  const view = renderInDesk(MergeRecordDialog, { modelValue: true, doctype: 'HD Ticket Category', name: 'Billing', tickets: 3, ...props }) // prettier-ignore
  await screen.findByRole('option', { name: 'Account' })
  return view
}

it('moves the tickets to another one', async () => {
  answers(MERGE, 3)
  const { emitted } = await open()
  expect(screen.queryByRole('option', { name: 'Billing' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Merge' })).toHaveProperty('disabled', true)
  await userEvent.selectOptions(screen.getByLabelText('Merge into'), 'Account')
  await userEvent.click(screen.getByRole('button', { name: 'Merge' }))
  await waitFor(() => expect(emitted('merged')).toHaveLength(1))
  expect(asked.at(-1)?.args).toEqual({ doctype: 'HD Ticket Category', source: 'Billing', target: 'Account' }) // prettier-ignore
})

it('says why it is offered instead of deleting, and stays when the server refuses', async () => {
  refuses(MERGE, 'A rule asks for it.')
  const { emitted } = await open({ isInstead: true })
  expect(screen.getByText(/cannot be deleted: 3 tickets/)).toBeTruthy()
  await userEvent.selectOptions(screen.getByLabelText('Merge into'), 'Account')
  await userEvent.click(screen.getByRole('button', { name: 'Merge' }))
  await waitFor(() => expect(asked.at(-1)?.method).toBe(MERGE))
  expect(emitted('merged')).toBeUndefined()
})
