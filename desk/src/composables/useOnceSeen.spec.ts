import { nextTick, shallowRef, type Ref } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useOnceSeen } from './useOnceSeen'

const place = () => shallowRef<HTMLElement | null>(document.createElement('div'))

it('is seen once it comes near the screen, and stays so', async () => {
  let tell: (entries: { isIntersecting: boolean }[]) => void = () => {}
  const disconnect = vi.fn()
  vi.stubGlobal('IntersectionObserver', class { constructor(callback: typeof tell) { tell = callback } observe() {} disconnect = disconnect }) // prettier-ignore
  onTestFinished(() => void vi.unstubAllGlobals())
  const found: { seen?: Ref<boolean> } = {}
  renderInDesk({ setup: () => ((found.seen = useOnceSeen(place())), () => null) })
  await nextTick()
  expect(found.seen?.value).toBe(false)
  tell([{ isIntersecting: false }])
  expect(found.seen?.value).toBe(false)
  tell([{ isIntersecting: true }])
  expect([found.seen?.value, disconnect.mock.calls.length > 0]).toEqual([true, true])
})

it('is seen where a browser cannot tell', () => {
  expect(useOnceSeen(place()).value).toBe(true)
})
