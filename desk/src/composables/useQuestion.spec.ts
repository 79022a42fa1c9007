import { expect, it } from 'vitest'
import { ask, useQuestion } from './useQuestion'

const leave = { title: 'Leave?', message: 'It will be lost.', yes: 'Leave' }
const { question, reply } = useQuestion()

it('goes on as people answer', async () => {
  for (const isYes of [true, false]) {
    const answer = ask(leave)
    expect(question.value).toEqual(leave)
    reply(isYes)
    expect(await answer).toBe(isYes)
    expect(question.value).toBeNull()
  }
})

it('takes a question nobody answered as a no when the next one comes', async () => {
  const first = ask(leave)
  const second = ask({ ...leave, title: 'Sure?' })
  expect(await first).toBe(false)
  expect(question.value?.title).toBe('Sure?')
  reply(true)
  expect(await second).toBe(true)
})
