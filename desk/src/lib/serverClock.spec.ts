import { afterEach, expect, it } from 'vitest'
import { learnServerTime, serverNow } from './serverClock'

afterEach(() => learnServerTime(null))
const minutesAhead = () => Math.round((serverNow().getTime() - Date.now()) / 60_000)

it('takes the server’s time where the reader’s clock is wrong', () => {
  learnServerTime(new Date(Date.now() + 10 * 60_000).toUTCString())
  expect(minutesAhead()).toBe(10)
  learnServerTime(new Date(Date.now() - 90 * 60_000).toUTCString())
  expect(minutesAhead()).toBe(-90)
})

it('keeps the reader’s clock where both agree, and where nothing was said', () => {
  learnServerTime(new Date(Date.now() + 2_000).toUTCString())
  expect(serverNow().getTime() - Date.now()).toBeLessThan(1_000)
  learnServerTime(new Date(Date.now() + 10 * 60_000).toUTCString())
  learnServerTime('yesterday')
  expect(minutesAhead()).toBe(10)
})
