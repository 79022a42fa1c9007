import { expect, it } from 'vitest'
import { pressed, readOrder, writeOrder } from './sorting'

it('reads and writes several keys', () => {
  const text = 'priority desc, modified asc'
  expect(writeOrder(readOrder(text))).toBe(text)
  expect(readOrder('modified')).toEqual([{ field: 'modified', direction: 'desc' }])
  expect(readOrder(null)).toEqual([])
})

it('turns around at the second press', () => {
  expect(pressed('modified desc', 'priority')).toBe('priority desc')
  expect(pressed('priority desc', 'priority')).toBe('priority asc')
})
