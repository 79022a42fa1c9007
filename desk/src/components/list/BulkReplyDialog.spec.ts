import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import type { BulkResult } from '@/api/bulk'
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

function opened() {
  const send = vi.fn<(text: string, files: string[]) => Promise<BulkResult>>()
  renderInDesk(BulkReplyDialog, { modelValue: true, count: 2, send })
  return send
}
const text = async () => ((await screen.findByLabelText('Reply text')) as HTMLTextAreaElement).value
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Send' }))
const closed = () => vi.waitFor(() => expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()) // prettier-ignore

it('sends one answer to all, and stays when it is refused', async () => {
  const send = opened()
  await userEvent.type(await screen.findByLabelText('Reply text'), 'Fixed')
  send.mockRejectedValueOnce(new Error('Mail is down'))
  await submit()
  expect(await text()).toBe('Fixed')
  send.mockResolvedValueOnce({ total: 2, failed: 1 } as BulkResult)
  await submit()
  await closed()
  expect(send.mock.calls).toEqual(Array(2).fill(['Fixed', []]))
  opened()
  expect(await text()).toBe('')
})

it('keeps the text when nobody got it', async () => {
  const send = opened()
  await userEvent.type(await screen.findByLabelText('Reply text'), 'Fixed')
  send.mockResolvedValueOnce({ total: 2, failed: 2 } as BulkResult)
  await submit()
  await closed()
  opened()
  expect(await text()).toBe('Fixed')
})
