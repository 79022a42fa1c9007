import { beforeEach, expect, it } from 'vitest'
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import { RECORD_KINDS } from './recordKinds'
import RecordEditor from './RecordEditor.vue'

const STATUS = { name: 'Replied', label_agent: 'Replied', category: 'Paused', color: 'Blue', different_view: 0 } // prettier-ignore
beforeEach(() => {
  answers('frappe.client.get', STATUS)
})
async function open() {
  const view = renderInDesk(RecordEditor, { kind: RECORD_KINDS.statuses, name: 'Replied' })
  await screen.findByDisplayValue('Replied')
  return view
}

it('asks for a name for customers only when they are to read another one', async () => {
  await open()
  expect(screen.queryByLabelText('Name for customers *')).toBeNull()
  await fireEvent.click(screen.getByRole('switch'))
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('Name for customers is needed.')).toBeTruthy()
  expect(asked.some(({ method }) => method === 'frappe.client.save')).toBe(false)
})

it('is deleted only after a question', async () => {
  answers('frappe.client.delete', null)
  const { emitted } = await open()
  await fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete “Replied”?' }))
  expect(asked.some(({ method }) => method === 'frappe.client.delete')).toBe(false)
  await fireEvent.click(dialog.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(emitted('saved')).toHaveLength(1))
})

it('is not renamed while something is unsaved', async () => {
  await open()
  await fireEvent.click(screen.getByRole('radio', { name: 'Red' }))
  expect(screen.getByRole('button', { name: 'Rename' }).hasAttribute('disabled')).toBe(true)
})
