import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import CommentCard from './CommentCard.vue'

it('is marked as internal, and only its author may change it', () => {
  useSession().user = { user_id: 'anna@x', user_name: 'Anna', is_agent: true } as CurrentUser
  const { unmount } = renderInDesk(CommentCard, {
    comment: {
      name: 'c1',
      content: '<p>psst</p>',
      commented_by: 'anna@x',
      creation: '2026-03-02 08:00:00',
      is_pinned: 0,
      user: { name: 'Anna' },
      attachments: [],
    },
  })
  expect(screen.getByRole('article', { name: /Internal comment/ })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'What to do with this comment' })).toBeTruthy()
  unmount()
  renderInDesk(CommentCard, {
    comment: {
      ...{
        name: 'c1',
        content: '<p>psst</p>',
        commented_by: 'anna@x',
        creation: '2026-03-02 08:00:00',
        is_pinned: 0,
        user: { name: 'Anna' },
        attachments: [],
      },
      commented_by: 'arne@x',
    },
  })
  expect(screen.queryByRole('button', { name: 'What to do with this comment' })).toBeNull()
})
