import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { useStoppable } from './useStoppable'

/** A question that is answered when the spec says so. */
function arranged() {
  const waiting: { resolve: (text: string) => void; reject: (reason: Error) => void; signal: AbortSignal; question: string }[] = [] // prettier-ignore
  const ask = (signal: AbortSignal, question: string) =>
    new Promise<string>((resolve, reject) => waiting.push({ resolve, reject, signal, question }))
  const scope = effectScope()
  const asked = scope.run(() => useStoppable(ask))
  if (!asked) throw new Error('no scope')
  return { ...asked, waiting, scope }
}

it('is busy until the answer is there', async () => {
  const { run, answer, isBusy, waiting } = arranged()
  const result = run('How?')
  expect(isBusy.value).toBe(true)
  waiting[0]?.resolve('So.')
  expect(await result).toBe('So.')
  expect(answer.value).toBe('So.')
  expect(isBusy.value).toBe(false)
})

it('says what went wrong, and forgets it with the next question', async () => {
  const { run, error, isBusy, waiting } = arranged()
  const result = run('How?')
  waiting[0]?.reject(new Error('Nobody is there'))
  expect(await result).toBeNull()
  expect([error.value, isBusy.value]).toEqual(['Nobody is there', false])
  void run('Again?')
  expect(error.value).toBe('')
})

it('takes no answer to what was stopped, replaced or left', async () => {
  const { run, stop, answer, error, isBusy, waiting, scope } = arranged()
  const first = run('One?')
  stop()
  expect([isBusy.value, waiting[0]?.signal.aborted]).toEqual([false, true])
  const second = run('Two?')
  const third = run('Three?')
  waiting[0]?.reject(new DOMException('stopped', 'AbortError'))
  waiting[1]?.resolve('two')
  expect([await first, await second]).toEqual([null, null])
  expect([answer.value, error.value, isBusy.value]).toEqual([null, '', true])
  scope.stop()
  await vi.waitFor(() => expect(waiting[2]?.signal.aborted).toBe(true))
  waiting[2]?.resolve('three')
  expect(await third).toBeNull()
})
