import { expect, it, vi } from 'vitest'
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import RecordFrame from './RecordFrame.vue'

function open(props: object = {}) {
  const remove = vi.fn(() => Promise.resolve())
  const shared = { title: 'Gold', name: 'Gold', isChanged: false, isSaving: false, remove, deleteQuestion: 'Delete “Gold”?', deleteMessage: 'It is gone.' } // prettier-ignore
  return { remove, ...renderInDesk(RecordFrame, { ...shared, ...props }) }
}

it('removes a record only after its question', async () => {
  const { remove, emitted } = open()
  await fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
  const question = within(await screen.findByRole('dialog', { name: 'Delete “Gold”?' }))
  expect(remove).not.toHaveBeenCalled()
  await fireEvent.click(question.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(emitted('removed')).toHaveLength(1))
})

it('offers what this kind of record can do', () => {
  open({ renames: 'HD Team', hasCopy: true, saveLabel: 'Try it' })
  const names = screen.getAllByRole('button').map((button) => button.textContent.trim())
  expect(names).toEqual(['', 'Rename', 'Duplicate', 'Delete', 'Try it'])
})

it('a record being made can only be saved, if at all', () => {
  open({ name: null, renames: 'HD Team', hasCopy: true, cannotSave: true })
  expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Rename' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
})

it('offers to merge one that tickets keep from being deleted', async () => {
  answers('frappe.client.get_list', [{ name: 'Silver' }])
  const { remove } = open({ merges: { doctype: 'HD Ticket Type', tickets: 2, holds: true } })
  await fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
  expect(await screen.findByText(/cannot be deleted: 2 tickets/)).toBeTruthy()
  expect(remove).not.toHaveBeenCalled()
})
