import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import InviteMembersDialog from './InviteMembersDialog.vue'

it('invites several addresses with one role', async () => {
  answers('helpdesk.api.contact.search_contacts', [])
  answers('run_doc_method', { added: ['Carl'], invite_result: { invited_emails: ['new@acme.test'] } }) // prettier-ignore
  const { emitted } = renderInDesk(InviteMembersDialog, { modelValue: true, customer: 'Acme' })
  const box = await screen.findByRole('combobox', { name: 'E-mail addresses' })
  await userEvent.type(box, 'carl@acme.test{Enter}new@acme.test{Enter}')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'Manager: sees everybody’s tickets') // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Send invitations' }))
  await waitFor(() => expect(emitted('done')).toHaveLength(1))
  expect(asked.at(-1)?.args.args).toEqual({ contacts: ['carl@acme.test', 'new@acme.test'], role: 'HD Customer Manager' }) // prettier-ignore
})
