import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import FormActions from './FormActions.vue'

it('shows plain actions as buttons and grouped ones as one menu', async () => {
  const onClick = vi.fn()
  renderInDesk(FormActions, {
    actions: [
      { label: 'Refund', onClick },
      { label: 'One', group: 'More', onClick },
      { label: 'Two', group: 'More', onClick },
    ],
  })
  await userEvent.click(screen.getByRole('button', { name: 'Refund' }))
  expect(onClick).toHaveBeenCalledOnce()
  expect(screen.getAllByRole('button', { name: 'More' })).toHaveLength(1)
})
