import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked, refuses } from '@/test/server'
import { renderInDesk } from '@/test/render'
import RenameDialog from './RenameDialog.vue'

const RENAME = 'frappe.client.rename_doc'
const open = () => renderInDesk(RenameDialog, { doctype: 'HD Team', name: 'First', modelValue: true }) // prettier-ignore

it('renames, and says the new name', async () => {
  answers(RENAME, 'First Line')
  const { emitted } = open()
  await fireEvent.update(await screen.findByLabelText('New name'), ' First Line ')
  await fireEvent.click(screen.getByRole('button', { name: 'Rename' }))
  await waitFor(() => expect(emitted('renamed')).toEqual([['First Line']]))
  expect(asked.at(-1)?.args).toEqual({ doctype: 'HD Team', old_name: 'First', new_name: 'First Line' }) // prettier-ignore
})

it('stays open when the name is taken', async () => {
  refuses(RENAME, 'There is one already')
  const { emitted } = open()
  await fireEvent.update(await screen.findByLabelText('New name'), 'Second')
  await fireEvent.click(screen.getByRole('button', { name: 'Rename' }))
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(emitted('renamed')).toBeUndefined()
  expect(screen.getByRole('dialog')).toBeTruthy()
})
