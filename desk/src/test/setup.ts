import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { cleanup, configure } from '@testing-library/vue'
import { createPinia, setActivePinia } from 'pinia'
import { learnServerTime } from '@/lib/serverClock'
import { asked, server } from './server'

// The live connection is faked: specs fire its events themselves (see test/socket.ts).
vi.mock('@/api/socket', async () => await import('./socket'))

// On a busy machine, what is waited for comes late; what never comes still fails.
configure({ asyncUtilTimeout: 5_000 })

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' })
  window.timezone = { system: 'UTC', user: 'UTC' }
  window.scrollTo = () => {}
  Element.prototype.scrollTo = () => {}
  Element.prototype.scrollIntoView = () => {}
  Element.prototype.hasPointerCapture = () => false
  // jsdom lays nothing out; the editor asks where its cursor is.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
})
beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  asked.length = 0
})
afterEach(() => {
  vi.useRealTimers()
  cleanup()
  server.resetHandlers()
  learnServerTime(null)
})
afterAll(() => server.close())
