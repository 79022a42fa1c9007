import { expect, it } from 'vitest'
import { isMet } from './conditions'

it.each([
  ['', {}, true],
  ['status', { status: 'Open' }, true],
  ['status', {}, false],
  ["eval:doc.ticket_type == 'Bug'", { ticket_type: 'Bug' }, true],
  ["eval:doc.ticket_type != 'Bug'", { ticket_type: 'Bug' }, false],
  ['eval:doc.a && !doc.b', { a: 1, b: 0 }, true],
  ['eval:doc.a == \'x\' || doc.b === "y"', { b: 'y' }, true],
  ['eval:somethingElse()', {}, true],
])('%s with %j is %s', (expression, doc, expected) => {
  expect(isMet(expression, doc)).toBe(expected)
})
