import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useSession } from '@/stores/session'
import { useLayout } from '@/stores/layout'
import type { CurrentUser } from '@/api/session'
import MobileBar from './MobileBar.vue'

it('opens the menu for everything else', async () => {
  useSession().user = { user_id: 'anna@x', is_agent: true } as CurrentUser
  renderInDesk(MobileBar)
  expect(screen.getByRole('link', { name: 'Notifications' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Menu' }))
  expect(useLayout().isDrawerOpen).toBe(true)
})
