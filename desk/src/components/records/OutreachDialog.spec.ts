import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import OutreachDialog from './OutreachDialog.vue'

vi.mock('@/components/composer/RichEditor.vue', () => ({ default: { template: '<div />' } }))

it('sends nothing without a message', async () => {
  answers('frappe.client.get_list', [])
  renderInDesk(OutreachDialog, { modelValue: true, count: 1, send: vi.fn() })
  await userEvent.type(await screen.findByLabelText(/Subject/), 'News')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
  expect(screen.getByText(/\{\{ contact.first_name \}\}/)).toBeTruthy()
})
