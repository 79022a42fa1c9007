import { expect, it } from 'vitest'
import { readDuration, writeDuration } from './durations'

it.each([
  ['4h 30m', 16200, '4h 30m'],
  ['1d4h', 100800, '1d 4h'],
  ['2', 7200, '2h'],
  ['1,5', 5400, '1h 30m'],
  ['soon', 0, ''],
])('%s is %d seconds', (text, seconds, written) => {
  expect(readDuration(text)).toBe(seconds)
  expect(writeDuration(seconds)).toBe(written)
})
