import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { answerQuestion } from '@/test/question'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import EditContactDialog from './EditContactDialog.vue'

const contact = { name: 'Cleo', first_name: 'Cleo', last_name: null, full_name: 'Cleo', image: null, email_ids: [{ email_id: 'cleo@acme.test', is_primary: 1 }], phone_nos: [] } // prettier-ignore

it('saves all addresses and numbers, without the empty ones', async () => {
  answers('helpdesk.api.contact.edit_contact', 'Cleo')
  const { emitted } = renderInDesk(EditContactDialog, { modelValue: true, contact })
  await userEvent.click(await screen.findByRole('button', { name: 'Add an address' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail 2' }), 'cleo@home.test')
  await userEvent.click(screen.getByRole('button', { name: 'Add a number' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(emitted('saved')).toHaveLength(1))
  expect(asked.at(-1)?.args.doc).toMatchObject({
    email_ids: [
      { email_id: 'cleo@acme.test', is_primary: true },
      { email_id: 'cleo@home.test', is_primary: false },
    ],
    phone_nos: [],
  })
})

it('asks before what was changed is lost', async () => {
  const { emitted } = renderInDesk(EditContactDialog, { modelValue: true, contact })
  await userEvent.type(await screen.findByLabelText('Last name'), 'Carter')
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await answerQuestion(false)
  expect(emitted('update:modelValue')).toBeUndefined()
})
