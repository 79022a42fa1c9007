import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import PasswordForm from './PasswordForm.vue'

it('wants the new password twice, and sends it with the old one', async () => {
  answers('frappe.core.doctype.user.user.update_password', '/helpdesk')
  renderInDesk(PasswordForm)
  await userEvent.type(screen.getByLabelText('Current password'), 'old')
  await userEvent.type(screen.getByLabelText('New password'), 'quiet-lantern')
  await userEvent.type(screen.getByLabelText('New password again'), 'quiet')
  expect(screen.getByText('The two are not the same.')).toBeTruthy()
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Change the password' })
  expect(button.disabled).toBe(true)
  await userEvent.type(screen.getByLabelText('New password again'), '-lantern')
  await userEvent.click(button)
  await vi.waitFor(() =>
    expect(asked.at(-1)?.args).toEqual({ old_password: 'old', new_password: 'quiet-lantern' }),
  )
})
