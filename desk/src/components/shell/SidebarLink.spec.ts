import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SidebarLink from './SidebarLink.vue'

it('is a link with its count', () => {
  renderInDesk(SidebarLink, {
    label: 'Tickets',
    icon: 'svg',
    to: '/tickets',
    badge: '5',
    isActive: true,
  })
  const link = screen.getByRole('link', { name: /Tickets/ })
  expect(link.getAttribute('aria-current')).toBe('page')
  expect(link.textContent).toContain('5')
})
