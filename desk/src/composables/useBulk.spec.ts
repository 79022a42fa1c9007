import { expect, it, vi } from 'vitest'
import { sampleRow } from '@/test/samples'
import { useBulk } from './useBulk'
import { useRowChanges } from './useRowChanges'

it('shows the change at once, goes on after a refusal, and puts back what refused', async () => {
  const { loaded, rows, show } = useRowChanges()
  loaded.value = [1, 2, 3].map((name) => sampleRow({ name }))
  const status = () => rows.value.map((row) => row.status)
  const finished = vi.fn()
  const bulk = useBulk({ show }, finished)
  const work = (name: unknown) => name === 2 ? Promise.reject(new Error('merged')) : Promise.resolve() // prettier-ignore
  const running = bulk.run([1, 2, 3], { change: { status: 'Closed' }, work })
  expect(status()).toEqual(['Closed', 'Closed', 'Closed'])
  await running
  expect(status()).toEqual(['Closed', 'Open', 'Closed'])
  expect([bulk.done.value, bulk.total.value]).toEqual([3, 3])
  expect(bulk.failures.value).toEqual([{ name: 2, error: 'merged' }])
  expect(finished).toHaveBeenCalledOnce()
})
