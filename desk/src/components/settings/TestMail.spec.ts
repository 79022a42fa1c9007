import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, refuses } from '@/test/server'
import TestMail from './TestMail.vue'

const LIST = 'frappe.client.get_list'
const SEND = 'helpdesk.api.settings.email.send_test_mail'
const BOX = { name: 'Support', email_id: 'support@x.test', enable_outgoing: 1, default_outgoing: 1 }
async function said(): Promise<string> {
  renderInDesk(TestMail)
  await userEvent.click(screen.getByRole('button', { name: 'Send a test mail' }))
  return (await screen.findByRole('status')).textContent?.trim() ?? ''
}

it('says to whom the mail has gone', async () => {
  answers(LIST, [BOX])
  answers(SEND, 'mona@x.test')
  expect(await said()).toBe('support@x.test handed it to the mail server for mona@x.test.')
})

it('says in the words of the mail server why it could not go', async () => {
  answers(LIST, [BOX])
  refuses(SEND, '535 wrong password')
  expect(await said()).toBe('support@x.test: 535 wrong password')
})

it('says that no mailbox sends', async () => {
  answers(LIST, [{ ...BOX, default_outgoing: 0 }])
  expect(await said()).toContain('No mailbox sends notifications.')
})
