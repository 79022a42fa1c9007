import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ContactDialog from './ContactDialog.vue'

const CREATE = 'helpdesk.api.contact.create_contact'

it('begins with the name that was typed, and invites when asked', async () => {
  answers(CREATE, 'Cleo Carter')
  const { emitted } = renderInDesk(ContactDialog, { modelValue: true, typed: 'Cleo Carter' })
  expect(await screen.findByLabelText('Last name')).toHaveProperty('value', 'Carter')
  await userEvent.type(screen.getByLabelText('E-mail *'), 'cleo@acme.test')
  await userEvent.click(screen.getByRole('switch', { name: 'Invite to the portal' }))
  await userEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(emitted('made')).toHaveLength(1))
  expect(asked.at(-1)?.args).toEqual({ doc: { first_name: 'Cleo', last_name: 'Carter', email: 'cleo@acme.test' }, invite: true }) // prettier-ignore
})
