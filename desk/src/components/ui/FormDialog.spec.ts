import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import FormDialog from './FormDialog.vue'

const about = { modelValue: true, title: 'New', submitLabel: 'Make' }

it('stays open while something is missing or refused, and closes once it was sent', async () => {
  const send = vi.fn().mockResolvedValueOnce(false).mockRejectedValueOnce(new Error('Taken')).mockResolvedValue({}) // prettier-ignore
  const { emitted } = renderInDesk(FormDialog, { ...about, send })
  const button = await screen.findByRole('button', { name: 'Make' })
  for (const times of [1, 2]) {
    await userEvent.click(button)
    await waitFor(() => expect(button).toHaveProperty('disabled', false))
    expect(send).toHaveBeenCalledTimes(times)
    expect(emitted('update:modelValue')).toBeUndefined()
  }
  await userEvent.click(button)
  await waitFor(() => expect(emitted('update:modelValue')).toEqual([[false]]))
})

it('cannot be sent before it is ready, and can be left', async () => {
  const send = vi.fn()
  const { emitted } = renderInDesk(FormDialog, { ...about, send, isReady: false })
  expect(await screen.findByRole('button', { name: 'Make' })).toHaveProperty('disabled', true)
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(send).not.toHaveBeenCalled()
  expect(emitted('update:modelValue')).toEqual([[false]])
})
