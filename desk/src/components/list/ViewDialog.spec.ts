import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import ViewDialog from './ViewDialog.vue'

it('wants a name, then saves', async () => {
  const save = vi.fn().mockResolvedValue(undefined)
  renderInDesk(ViewDialog, { modelValue: true, title: 'New view', view: {}, isPortal: false, save })
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }))
  expect(screen.getByText('Give the view a name.')).toBeTruthy()
  await userEvent.type(screen.getByLabelText(/Name/), 'Calm ones')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(save).toHaveBeenCalledWith({ label: 'Calm ones', icon: 'list', pinned: 0, public: 0 })
})
