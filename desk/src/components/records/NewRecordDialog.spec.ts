import { expect, it, vi } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import NewRecordDialog from './NewRecordDialog.vue'

const fields = [{ name: 'title', label: 'Name', type: 'text', required: true }]

it('creates only what has all it needs, and stays open when it is refused', async () => {
  const create = vi.fn().mockRejectedValueOnce(new Error('Taken')).mockResolvedValue({})
  const { emitted } = renderInDesk(NewRecordDialog, { modelValue: true, title: 'New customer', fields, create }) // prettier-ignore
  await fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Create' })))
  expect(create).not.toHaveBeenCalled()
  await fireEvent.update(screen.getByLabelText('Name *'), 'Acme')
  await fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(create).toHaveBeenCalledWith({ title: 'Acme' }))
  expect(emitted('update:modelValue')).toBeUndefined()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Create' })).toHaveProperty('disabled', false)) // prettier-ignore
  await fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(emitted('update:modelValue')).toEqual([[false]]))
})
