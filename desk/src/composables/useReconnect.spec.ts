import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { fire } from '@/test/socket'
import { useReconnect } from './useReconnect'

it('fetches what was missed only after a loss', () => {
  const back = vi.fn()
  effectScope().run(() => useReconnect(back))
  fire('connect')
  expect(back).not.toHaveBeenCalled()
  fire('disconnect', 'transport close')
  fire('connect')
  expect(back).toHaveBeenCalledOnce()
})
