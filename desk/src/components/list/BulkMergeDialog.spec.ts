import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleRow } from '@/test/samples'
import BulkMergeDialog from './BulkMergeDialog.vue'

const row = (name: number, customer = 'Acme') => sampleRow({ name, customer })

it('proposes the oldest, and merges the others into the chosen one', async () => {
  const send = vi.fn().mockResolvedValue({})
  renderInDesk(BulkMergeDialog, { modelValue: true, rows: [row(9), row(7), row(8)], send })
  expect((await screen.findByRole<HTMLInputElement>('radio', { name: /#7/ })).checked).toBe(true)
  expect(screen.queryByRole('alert')).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: /#8/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Merge' }))
  expect(send).toHaveBeenCalledWith([9, 7], 8)
})

it('warns when the customers differ', async () => {
  renderInDesk(BulkMergeDialog, { modelValue: true, rows: [row(1), row(2, 'Bolt')], send: vi.fn() })
  expect((await screen.findByRole('alert')).textContent).toContain('different customers')
})
