import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import RecipientFields from './RecipientFields.vue'

it('shows Cc and Bcc when asked, or when there are any', async () => {
  const { unmount } = renderInDesk(RecipientFields, { to: '', cc: '', bcc: '' })
  expect(screen.queryByLabelText('Cc')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Cc, Bcc' }))
  expect(screen.getByLabelText('Bcc')).toBeTruthy()
  unmount()
  renderInDesk(RecipientFields, { to: '', cc: 'dora@x.test', bcc: '' })
  expect(screen.getByText('dora@x.test')).toBeTruthy()
})
