import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import ConfirmDialog from './ConfirmDialog.vue'

it('does it once confirmed, then closes', async () => {
  const confirm = vi.fn()
  const { emitted } = renderInDesk(ConfirmDialog, {
    modelValue: true,
    title: 'Sure?',
    message: 'Gone.',
    confirmLabel: 'Do it',
    confirm,
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Do it' }))
  expect(confirm).toHaveBeenCalledOnce()
  expect(emitted()['update:modelValue']).toEqual([[false]])
})

it('stays open when it failed', async () => {
  const { emitted } = renderInDesk(ConfirmDialog, {
    modelValue: true,
    title: 'Sure?',
    message: 'Gone.',
    confirmLabel: 'Do it',
    confirm: () => Promise.reject(new Error('no')),
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Do it' }))
  expect(emitted()['update:modelValue']).toBeUndefined()
})
