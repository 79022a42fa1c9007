import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ModalDialog from './ModalDialog.vue'

it('has a name, and closes by its button and by Esc', async () => {
  const { emitted } = renderInDesk(ModalDialog, { modelValue: true, title: 'Export' })
  expect(await screen.findByRole('dialog', { name: 'Export' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  await userEvent.keyboard('{Escape}')
  expect(emitted()['update:modelValue']?.[0]).toEqual([false])
})
