import { expect, it } from 'vitest'
import { assigneesOf, withAssignee } from './assignees'

it('reads what the server keeps, and nothing from what it does not understand', () => {
  expect(assigneesOf('["anna@x","arne@x"]')).toEqual(['anna@x', 'arne@x'])
  expect([null, '', 'anna', '{"a":1}'].map((value) => assigneesOf(value))).toEqual([[], [], [], []])
})

it('adds somebody once', () => {
  expect(withAssignee(null, 'anna@x')).toBe('["anna@x"]')
  expect(withAssignee('["anna@x"]', 'anna@x')).toBe('["anna@x"]')
  expect(withAssignee('["anna@x"]', 'arne@x')).toBe('["anna@x","arne@x"]')
})
