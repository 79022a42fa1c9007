import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleMail } from '@/test/samples'
import MailDetails from './MailDetails.vue'

it('shows headers and source', async () => {
  answers('frappe.client.get', {
    ...sampleMail(),
    message_id: '<1@x>',
    in_reply_to: null,
    email_account: null,
  })
  renderInDesk(MailDetails, { modelValue: true, name: 'mail-1' })
  expect(await screen.findByText('<1@x>')).toBeTruthy()
  expect(screen.getByText('<p>It really is.</p>')).toBeTruthy()
  expect(screen.queryByText('Cc')).toBeNull()
})
