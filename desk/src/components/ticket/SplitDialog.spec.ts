import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { asked, refuses } from '@/test/server'
import { sampleMail } from '@/test/samples'
import SplitDialog from './SplitDialog.vue'

it('keeps the dialog and its text when the server refuses', async () => {
  refuses('helpdesk.helpdesk.doctype.hd_ticket.api.split_ticket', 'Closed tickets cannot be split')
  const { emitted } = renderInDesk(SplitDialog, {
    modelValue: true,
    mail: sampleMail(),
    subject: 'Printer',
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Split' }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(emitted().done).toBeUndefined()
  expect((screen.getByLabelText('Subject') as HTMLInputElement).value).toBe('Printer')
})
