import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import DeEscalateDialog from './DeEscalateDialog.vue'

it('takes the escalation back with a reason, and another priority if wanted', async () => {
  answers('helpdesk.api.ticket.de_escalate', null)
  const { emitted } = renderInDesk(DeEscalateDialog, { modelValue: true, ticket: sampleTicket() })
  await userEvent.type(await screen.findByRole('textbox', { name: /Reason/ }), 'A false alarm')
  await userEvent.selectOptions(screen.getByLabelText('Priority'), 'Low')
  await userEvent.click(screen.getByRole('button', { name: 'Take back' }))
  await waitFor(() => expect(emitted('done')).toHaveLength(1))
  expect(asked.at(-1)?.args).toEqual({ ticket: '7', reason: 'A false alarm', priority: 'Low' })
})
