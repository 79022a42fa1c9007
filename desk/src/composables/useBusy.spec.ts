import { expect, it } from 'vitest'
import { useBusy } from './useBusy'

it('does one thing at a time, and is free again after a failure', async () => {
  const { isBusy, run } = useBusy()
  let finish = () => {}
  const first = run(() => new Promise<void>((resolve) => (finish = resolve)))
  expect(isBusy.value).toBe(true)
  expect(await run(() => {})).toBe(false)
  finish()
  expect(await first).toBe(true)
  expect(await run(() => Promise.reject(new Error('no')))).toBe(false)
  expect(isBusy.value).toBe(false)
})
