import { screen } from '@testing-library/vue'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { fire } from '@/test/socket'
import { useSession } from '@/stores/session'
import ConnectionBanner from './ConnectionBanner.vue'

it('says after a while that the server is away, and stops when it is back', async () => {
  vi.useFakeTimers()
  renderInDesk(ConnectionBanner)
  fire('disconnect', 'transport close')
  await vi.advanceTimersByTimeAsync(1000)
  expect(screen.queryByRole('status')).toBeNull()
  await vi.advanceTimersByTimeAsync(3000)
  expect(screen.getByRole('status').textContent).toMatch(/cannot be reached/)
  fire('connect')
  await vi.advanceTimersByTimeAsync(1)
  expect(screen.queryByRole('status')).toBeNull()
})

it('offers to sign in when the session has ended', async () => {
  useSession().markEnded()
  renderInDesk(ConnectionBanner)
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeTruthy()
})
