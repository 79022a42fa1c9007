import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import AppSidebar from './AppSidebar.vue'

it('leads agents to their pages, customers to theirs', () => {
  useSession().user = { user_id: 'anna@x', is_agent: true } as CurrentUser
  const { unmount } = renderInDesk(AppSidebar)
  expect(screen.getByRole('link', { name: 'Dashboard' })).toBeTruthy()
  unmount()
  useSession().user = { user_id: 'cleo@x', is_agent: false } as CurrentUser
  renderInDesk(AppSidebar)
  expect(screen.getByRole('link', { name: 'My tickets' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Dashboard' })).toBeNull()
})
