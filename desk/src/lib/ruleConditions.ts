/**
 * Conditions of service levels and assignment rules: a nested list for the editor, and the expression the server asks.
 *
 * `[["priority", "==", "High"], "and", [["subject", "like", "vpn"], "or", ["via_customer_portal", "==", 1]]]`. Pure.
 */
import { __ } from './translate'

export type RuleValue = string | number
export type Rule = [field: string, operator: string, value: RuleValue]
export type Conjunction = 'and' | 'or'
export type Group = (Rule | Group | Conjunction)[]
export type Part = Rule | Group

export const MOST_LEVELS = 3
const NUMBERS = ['Int', 'Float', 'Check', 'Currency', 'Percent', 'Duration', 'Rating']
const OPERATORS: Record<string, () => string> = {
  '==': () => __('is'),
  '!=': () => __('is not'),
  like: () => __('contains'),
  'not like': () => __('does not contain'),
  in: () => __('is one of'),
  'not in': () => __('is none of'),
  is: () => __('is filled in'),
  '>': () => __('is more than'),
  '<': () => __('is less than'),
}

export const isNumeric = (fieldtype: string) => NUMBERS.includes(fieldtype)

export function ruleOperators(fieldtype: string): { value: string; label: string }[] {
  const names = fieldtype === 'Check' ? ['==', '!='] : isNumeric(fieldtype) ? ['==', '!=', '>', '<'] : ['==', '!=', 'like', 'not like', 'in', 'not in', 'is'] // prettier-ignore
  return names.map((value) => ({ value, label: OPERATORS[value]?.() ?? value }))
}

export function isRule(part: unknown): part is Rule {
  return Array.isArray(part) && part.length === 3 && typeof part[0] === 'string' && typeof part[1] === 'string' // prettier-ignore
}

/** The rules and groups of a group, without the words between them. */
export function partsOf(group: Group): Part[] {
  return group.filter((part): part is Part => part !== 'and' && part !== 'or')
}

export function conjunctionOf(group: Group): Conjunction {
  return group.includes('or') ? 'or' : 'and'
}

/** A group of these parts; one word joins the whole level. */
export function join(parts: Part[], by: Conjunction): Group {
  return parts.flatMap((part, at): Group => (at ? [by, part] : [part]))
}

const isFilled = (rule: Rule) => Boolean(rule[0]) && (rule[1] === 'is' || rule[2] !== '')
/** Whether every rule says something, so that the whole may be saved. */
export function isComplete(group: Group): boolean {
  return partsOf(group).every((part) =>
    isRule(part) ? isFilled(part) : partsOf(part).length > 0 && isComplete(part),
  )
}

/** What was stored for the editor; null when it is no list of conditions. */
export function parseGroup(text: unknown): Group | null {
  if (typeof text !== 'string' || !text.trim()) return null
  try {
    const found: unknown = JSON.parse(text)
    return Array.isArray(found) ? (found as Group) : null
  } catch {
    return null
  }
}

const quoted = (value: RuleValue) => (typeof value === 'number' ? String(value) : JSON.stringify(value)) // prettier-ignore
const listed = (value: RuleValue) =>
  String(value).split(',').map((one) => one.trim()).filter(Boolean).map(quoted).join(', ') // prettier-ignore

function ruleExpression([field, operator, value]: Rule, prefix: string): string {
  const name = prefix + field
  if (operator === 'is') return value === 'not set' ? `not ${name}` : `bool(${name})`
  if (operator === 'in' || operator === 'not in') return `${name} ${operator} [${listed(value)}]`
  if (operator === 'like' || operator === 'not like') {
    const within = operator === 'like' ? 'in' : 'not in'
    return `${quoted(String(value).toLowerCase())} ${within} (${name} or "").lower()`
  }
  if (operator === '>' || operator === '<') return `(${name} or 0) ${operator} ${quoted(value)}`
  return `${name} ${operator} ${quoted(value)}`
}

/** The expression the server evaluates; `prefix` is put before each field, such as `doc.`. */
export function toExpression(group: Group, prefix = ''): string {
  return partsOf(group)
    .map((part) =>
      isRule(part) ? ruleExpression(part, prefix) : `(${toExpression(part, prefix)})`,
    ) // prettier-ignore
    .join(` ${conjunctionOf(group)} `)
}
