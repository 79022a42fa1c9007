import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import SavedReplyDialog from './SavedReplyDialog.vue'

it('filters by words, and inserts what the server made of the reply', async () => {
  answers('frappe.client.get_list', [
    { name: 'a', title: 'Thanks', scope: 'Global', message: 'Thank you' },
    { name: 'b', title: 'Bye', scope: 'Personal', message: 'See you' },
  ])
  answers('helpdesk.api.saved_replies.get_rendered_saved_reply', '<p>Thank you, Cleo</p>')
  const { emitted } = renderInDesk(SavedReplyDialog, { modelValue: true, ticket: 7 })
  await screen.findByText('Bye')
  await userEvent.type(screen.getByLabelText('Search'), 'thank')
  expect(screen.queryByText('Bye')).toBeNull()
  await userEvent.click(screen.getByText('Thanks'))
  await vi.waitFor(() => expect(emitted().insert).toEqual([['<p>Thank you, Cleo</p>']]))
})
