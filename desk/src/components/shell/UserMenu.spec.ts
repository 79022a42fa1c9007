import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import UserMenu from './UserMenu.vue'

it('says whose account it is, also when folded', () => {
  useSession().user = { user_id: 'anna@x', user_name: 'Anna' } as CurrentUser
  renderInDesk(UserMenu, { isCompact: true })
  expect(screen.getByRole('button', { name: 'Account of Anna' })).toBeTruthy()
})
