import { expect, it, vi } from 'vitest'
import { useBulk } from './useBulk'

it('goes on after a refusal and keeps what became of each', async () => {
  const finished = vi.fn()
  const bulk = useBulk(finished)
  await bulk.run([1, 2, 3], (name) =>
    name === 2 ? Promise.reject(new Error('merged')) : Promise.resolve(),
  )
  expect(bulk.done.value).toBe(3)
  expect(bulk.failures.value).toEqual([{ name: 2, error: 'merged' }])
  expect(finished).toHaveBeenCalledOnce()
})
