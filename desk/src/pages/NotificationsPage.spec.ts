import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import NotificationsPage from './NotificationsPage.vue'

it('shows what happened, or that one is up to date', () => {
  renderInDesk(NotificationsPage)
  expect(screen.getByText('All caught up')).toBeTruthy()
})
