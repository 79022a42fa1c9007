import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { openedList } from '@/test/lists'
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
