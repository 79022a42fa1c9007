import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SidebarViews from './SidebarViews.vue'

it('can be folded', async () => {
  const view = { name: 'v', label: 'Calm ones', icon: null, dt: 'HD Ticket', is_customer_portal: 0 }
  renderInDesk(SidebarViews, { title: 'Public views', name: 'public', views: [view] })
  expect(screen.getByRole('link', { name: 'Calm ones' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Public views' }))
  expect(screen.queryByRole('link')).toBeNull()
})
