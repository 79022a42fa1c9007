import { expect, it } from 'vitest'
import { conjunctionOf, isComplete, join, parseGroup, partsOf, toExpression, type Group } from './ruleConditions' // prettier-ignore

const nested: Group = [
  ['priority', '==', 'High'],
  'and',
  [['subject', 'like', 'VPN'], 'or', ['via_customer_portal', '==', 1]],
]

it('writes nested conditions as an expression', () => {
  expect(toExpression(nested)).toBe('priority == "High" and ("vpn" in (subject or "").lower() or via_customer_portal == 1)') // prettier-ignore
  expect(toExpression([['agent_group', '!=', 'A "B"']], 'doc.')).toBe('doc.agent_group != "A \\"B\\""') // prettier-ignore
})

it('writes lists, blanks and numbers', () => {
  expect(toExpression([['ticket_type', 'in', 'Bug, Question']])).toBe('ticket_type in ["Bug", "Question"]') // prettier-ignore
  expect(toExpression([['customer', 'is', 'not set']])).toBe('not customer')
  expect(toExpression([['customer', 'is', 'set']])).toBe('bool(customer)')
  expect(toExpression([['opened', '>', 3]])).toBe('(opened or 0) > 3')
})

it('one word joins a whole level', () => {
  const group = join(partsOf(nested), 'or')
  expect(conjunctionOf(group)).toBe('or')
  expect(group).toEqual([nested[0], 'or', nested[2]])
})

it('knows what is not filled in yet', () => {
  expect(isComplete(nested)).toBe(true)
  expect(isComplete([['priority', '==', '']])).toBe(false)
  expect(isComplete([['', '==', 'x']])).toBe(false)
  expect(isComplete([[]])).toBe(false)
  expect(isComplete([['customer', 'is', '']])).toBe(true)
})

it('reads what was stored, and nothing else', () => {
  expect(parseGroup(JSON.stringify(nested))).toEqual(nested)
  expect(parseGroup('{"a": 1}')).toBeNull()
  expect(parseGroup('[')).toBeNull()
  expect(parseGroup(null)).toBeNull()
})
