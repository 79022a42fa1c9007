import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { asked, refuses } from '@/test/server'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import CommentReactions from './CommentReactions.vue'

const api = 'helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment'

it('shows a reaction at once and takes it back when refused', async () => {
  useSession().user = { user_id: 'anna@x', user_name: 'Anna', is_agent: true } as CurrentUser
  refuses(`${api}.toggle_reaction`, 'No')
  const given = [{ emoji: '👍', count: 1, users: [{ user: 'arne@x', full_name: 'Arne' }] }]
  renderInDesk(CommentReactions, { comment: 'c1', given })
  await userEvent.click(await screen.findByRole('button', { name: /👍 1/ }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(await screen.findByRole('button', { name: /👍 1/ })).toBeTruthy()
})
