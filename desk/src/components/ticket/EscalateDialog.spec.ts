import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import EscalateDialog from './EscalateDialog.vue'

it('wants a reason, and sends only what was said', async () => {
  answers('helpdesk.api.ticket.escalate', null)
  const { emitted } = renderInDesk(EscalateDialog, { modelValue: true, ticket: sampleTicket() })
  const button = await screen.findByRole('button', { name: 'Escalate' })
  expect(button).toHaveProperty('disabled', true)
  await userEvent.type(screen.getByRole('textbox', { name: /Reason/ }), 'Their shop stands still')
  await userEvent.selectOptions(screen.getByLabelText('Agent'), 'Arne')
  await userEvent.click(button)
  await waitFor(() => expect(emitted('done')).toHaveLength(1))
  expect(asked.at(-1)?.args).toEqual({ ticket: '7', reason: 'Their shop stands still', agent: 'arne@x' }) // prettier-ignore
})
