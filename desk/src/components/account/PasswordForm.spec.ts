import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import PasswordForm from './PasswordForm.vue'

const PATH = 'frappe.core.doctype.user.user.update_password'
async function fill(old: string, fresh: string, again: string) {
  await fireEvent.update(screen.getByLabelText('Current password *'), old)
  await fireEvent.update(screen.getByLabelText('New password *'), fresh)
  await fireEvent.update(screen.getByLabelText('New password again *'), again)
  await fireEvent.click(screen.getByRole('button', { name: 'Change the password' }))
}

it('a weak password is not sent', async () => {
  renderInDesk(PasswordForm)
  await fill('old one', 'short', 'short')
  expect(screen.getAllByRole('alert')).toHaveLength(1)
  expect(asked).toEqual([])
})

it('after the change nothing of it is left on the screen', async () => {
  answers(PATH, '/')
  renderInDesk(PasswordForm)
  await fill('old one', 'brand new 1', 'brand new 1')
  await waitFor(() => expect(asked.at(-1)?.args).toEqual({ old_password: 'old one', new_password: 'brand new 1' })) // prettier-ignore
  await waitFor(() => expect(screen.getByLabelText('New password *')).toHaveProperty('value', ''))
})
