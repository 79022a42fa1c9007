import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { fire } from '@/test/socket'
import { useSocketEvent } from './useSocketEvent'

it('hears an event with what it carries, until the page is left', () => {
  const heard = vi.fn()
  const page = effectScope()
  page.run(() => useSocketEvent('helpdesk:new-ticket', heard))
  fire('helpdesk:new-ticket', { ticket: 7 })
  page.stop()
  fire('helpdesk:new-ticket', { ticket: 8 })
  expect(heard.mock.calls).toEqual([[{ ticket: 7 }]])
})
