import { screen } from '@testing-library/vue'
import { expect, it, onTestFinished } from 'vitest'
import { renderInDesk } from '@/test/render'
import { setCatalogue } from '@/lib/translate'
import StatusDot from './StatusDot.vue'

it('speaks the words of the agent or of the customer', () => {
  const { unmount } = renderInDesk(StatusDot, { status: 'Replied' })
  expect(screen.getByText('Replied')).toBeTruthy()
  unmount()
  renderInDesk(StatusDot, { status: 'Replied', forCustomer: true })
  expect(screen.getByText('Awaiting Response')).toBeTruthy()
})

it('speaks a customer’s language where the words came with the app', () => {
  setCatalogue({ 'Awaiting Response': 'Wartet auf Sie' })
  onTestFinished(() => setCatalogue({}))
  renderInDesk(StatusDot, { status: 'Replied', forCustomer: true })
  expect(screen.getByText('Wartet auf Sie')).toBeTruthy()
})
