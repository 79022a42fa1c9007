import { effectScope, type EffectScope } from 'vue'
import { afterEach, expect, it, vi } from 'vitest'
import type { BulkResult } from '@/api/bulk'
import { answers, asked, refuses } from '@/test/server'
import { fire } from '@/test/socket'
import { useOperation } from './useOperation'

const OUTCOME = 'helpdesk.api.bulk.get_outcome'
const NEWS = 'helpdesk:bulk-progress'

function result(values: Partial<BulkResult> = {}): BulkResult {
  const none = { total: 60, done: 0, failed: 0, failures: [], file: null }
  return { operation: 'op', action: 'update', status: 'Running', ...none, ...values }
}
const END = result({ status: 'Done', done: 60 })
let page: EffectScope
afterEach(() => page.stop())

function opened() {
  const finished = vi.fn<(found: BulkResult) => void>()
  page = effectScope()
  const operation = page.run(() => useOperation(finished)) as ReturnType<typeof useOperation>
  return { ...operation, finished }
}

it('hears how far its own operation is, and takes no step back', async () => {
  answers(OUTCOME, result({ done: 10 }))
  const { progress, follow } = opened()
  await follow(result())
  expect(progress.value?.done).toBe(10)
  fire(NEWS, result({ operation: 'another', done: 50 }))
  fire(NEWS, result({ done: 30 }))
  fire(NEWS, result({ done: 20 }))
  expect(progress.value?.done).toBe(30)
})

it('ends once, with all that the server knows', async () => {
  answers(OUTCOME, END)
  const { progress, follow, finished } = opened()
  await follow(result())
  expect(finished).toHaveBeenCalledExactlyOnceWith(END)
  expect(progress.value).toBeNull()
  fire(NEWS, END)
  expect(finished).toHaveBeenCalledOnce()
})

it('asks for nothing when all was done at once', async () => {
  const { follow, finished } = opened()
  await follow(END)
  expect(finished).toHaveBeenCalledOnce()
  expect(asked).toEqual([])
})

it('is still told after the page was left', async () => {
  answers(OUTCOME, result())
  await opened().follow(result())
  page.stop()
  answers(OUTCOME, END)
  const { finished } = opened()
  await vi.waitFor(() => expect(finished).toHaveBeenCalledExactlyOnceWith(END))
})

it('asks what it missed when the connection is back', async () => {
  answers(OUTCOME, result())
  const { follow, finished } = opened()
  await follow(result())
  fire('disconnect', 'transport close')
  answers(OUTCOME, END)
  fire('connect')
  await vi.waitFor(() => expect(finished).toHaveBeenCalledOnce())
})

it('forgets what the server no longer knows', async () => {
  answers(OUTCOME, result())
  const { progress, follow } = opened()
  await follow(result())
  refuses(OUTCOME, 'Not found', 404)
  fire(NEWS, END)
  await vi.waitFor(() => expect(progress.value).toBeNull())
})
