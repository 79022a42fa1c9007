import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import StatusDot from './StatusDot.vue'

it('speaks the words of the agent or of the customer', () => {
  const { unmount } = renderInDesk(StatusDot, { status: 'Replied' })
  expect(screen.getByText('Replied')).toBeTruthy()
  unmount()
  renderInDesk(StatusDot, { status: 'Replied', forCustomer: true })
  expect(screen.getByText('Awaiting Response')).toBeTruthy()
})
