import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import BulkReplyDialog from './BulkReplyDialog.vue'

vi.mock('@/components/composer/RichEditor.vue', () => ({
  __esModule: true,
  default: {
    props: ['modelValue', 'label'],
    emits: ['update:modelValue'],
    template:
      '<textarea :aria-label="label" :value="modelValue" @input="$emit(\'update:modelValue\', $event.target.value)" />',
  },
}))

it('sends one answer to all, and keeps it when refused', async () => {
  refuses('helpdesk.api.ticket.bulk_reply', 'Mail is down')
  const { emitted } = renderInDesk(BulkReplyDialog, { modelValue: true, names: [7, 8] })
  await userEvent.type(await screen.findByLabelText('Reply text'), 'Fixed')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect((screen.getByLabelText('Reply text') as HTMLTextAreaElement).value).toBe('Fixed')
  answers('helpdesk.api.ticket.bulk_reply', null)
  await vi.waitFor(() =>
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', false),
  )
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  await vi.waitFor(() => expect(emitted().sent).toHaveLength(1))
  expect(asked.at(-1)?.args).toMatchObject({ ticket_ids: [7, 8], message: 'Fixed' })
})
