/**
 * Conditions of a list: which operators a field has, how a condition reads as a sentence, and how it is stored. Pure.
 */
import type { Condition, FilterField, FilterValue } from '@/types/list'
import { __ } from './translate'

export interface Operator {
  value: string
  label: string
}

const OPERATORS: Record<string, () => string> = {
  '=': () => __('is'),
  '!=': () => __('is not'),
  like: () => __('contains'),
  'not like': () => __('does not contain'),
  in: () => __('is one of'),
  'not in': () => __('is none of'),
  is: () => __('is empty or not'),
  '<': () => __('is less than'),
  '>': () => __('is more than'),
  '<=': () => __('is at most'),
  '>=': () => __('is at least'),
  between: () => __('is between'),
  timespan: () => __('is in the time'),
}

const TEXT = ['=', '!=', 'like', 'not like', 'in', 'not in', 'is']
const COMPARED = ['<', '>', '<=', '>=']
const BY_TYPE: Record<string, string[]> = {
  Select: ['=', '!=', 'in', 'not in', 'is'],
  Check: ['=', '!='],
  Duration: ['like', 'in', 'is'],
  Date: ['timespan', '=', '!=', 'is', ...COMPARED, 'between'],
  Datetime: ['timespan', '=', '!=', 'is', ...COMPARED, 'between'],
  Rating: ['=', '!=', 'is', ...COMPARED],
  Int: [...TEXT, ...COMPARED],
  Float: [...TEXT, ...COMPARED],
}

/** Fields whose stored text holds several values, and the words of a ticket, which are only found. */
const BY_NAME: Record<string, string[]> = {
  _assign: ['like', 'not like', 'is'],
  _user_tags: ['like', 'not like', 'is'],
  __text: ['like'],
}

export function operatorsOf(field: FilterField): Operator[] {
  const names = BY_NAME[field.fieldname] ?? BY_TYPE[field.fieldtype] ?? TEXT
  return names.map((value) => ({ value, label: operatorLabel(value) }))
}

export function operatorLabel(operator: string): string {
  return OPERATORS[operator.toLowerCase()]?.() ?? operator
}

export function defaultOperator(field: FilterField): string {
  if (field.fieldname in BY_NAME) return 'like'
  if (/^(Data|Long Text|Small Text|Text|Text Editor)$/.test(field.fieldtype)) return 'like'
  if (/^Date/.test(field.fieldtype)) return 'timespan'
  return '='
}

export const TIMESPANS = [
  'today', 'yesterday', 'tomorrow', 'last 7 days', 'last 14 days', 'last 30 days', 'last 90 days', 'next 7 days',
  'next 14 days', 'next 30 days', 'last week', 'this week', 'next week', 'last month', 'this month', 'next month',
  'last quarter', 'this quarter', 'next quarter', 'last 6 months', 'next 6 months', 'last year', 'this year', 'next year',
] // prettier-ignore

/** What a condition wants to have chosen: a value, several, a time, a number of stars… */
export type InputKind = 'link' | 'links' | 'select' | 'choices' | 'yesno' | 'set' | 'timespan' | 'date' | 'range' | 'rating' | 'text' // prettier-ignore

export function inputKind(field: FilterField, operator: string): InputKind {
  if (operator === 'is') return 'set'
  if (operator === 'timespan') return 'timespan'
  if (operator === 'between') return 'range'
  if (operator === 'in' || operator === 'not in')
    return ({ Link: 'links', Select: 'choices' } as const)[field.fieldtype] ?? 'text'
  if (field.fieldtype === 'Check') return 'yesno'
  if (field.fieldtype === 'Rating') return 'rating'
  if (/^Date/.test(field.fieldtype)) return 'date'
  if (field.fieldtype === 'Link') return 'link'
  if (field.fieldtype === 'Select') return 'select'
  return 'text'
}

/** Whether a field points to people, so that "me" is one of them. */
export function isPerson(field: FilterField): boolean {
  return field.fieldtype === 'Link' && /^(User|HD Agent)$/.test(field.options ?? '')
}

/** Several values stand below each other where they were chosen, and between commas where they were typed. */
const separator = (field: FilterField, operator: string) => inputKind(field, operator) === 'text' ? ',' : '\n' // prettier-ignore

/** A value as the server wants it: wildcards around a search, a list for "one of", stars as a fraction. */
export function toStored(field: FilterField, operator: string, typed: string): FilterValue {
  const text = typed.trim()
  if (/like$/.test(operator)) return text.includes('%') ? text : `%${text}%`
  if (/in$/.test(operator) || operator === 'between')
    return text.split(separator(field, operator)).map((part) => part.trim()).filter(Boolean) // prettier-ignore
  if (field.fieldtype === 'Rating' && operator !== 'is') return Number(text) / 5
  if (field.fieldtype === 'Check') return Number(text)
  return text
}

/** The other way: what stands in the input for a stored value. */
export function toTyped(field: FilterField, operator: string, value: FilterValue): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(separator(field, operator).replace(',', ', '))
  if (field.fieldtype === 'Rating' && operator !== 'is') return String(Number(value) * 5)
  const text = String(value)
  return /like$/.test(operator) ? text.replace(/^%|%$/g, '') : text
}

/** "Status is Open", for the list of conditions. */
export function sentenceOf(condition: Condition, fields: FilterField[]): string {
  const [name, operator, value] = condition
  const field = fields.find(({ fieldname }) => fieldname === name)
  const label = field?.label ?? name
  if (operator === 'is')
    return value === 'set' ? __('{0} is set', label) : __('{0} is not set', label)
  const blank: FilterField = { fieldname: name, fieldtype: 'Data', label: name, options: null }
  const word = (one: FilterValue) => {
    const text = toTyped(field ?? blank, operator, one)
    if (text === '@me') return __('me')
    return field?.fieldtype === 'Select' || operator === 'timespan' ? __(text) : text
  }
  if (operator === 'between' && Array.isArray(value)) return __('{0} from {1} to {2}', label, value[0] ?? '', value[1] ?? '') // prettier-ignore
  let text = Array.isArray(value) ? value.map(word).join(', ') : word(value)
  if (field?.fieldtype === 'Check') text = Number(value) ? __('yes') : __('no')
  return `${label} ${operatorLabel(operator)} ${text}`
}

/** Conditions from a saved view or an address: a list, or the object older views store. Nothing unreadable is kept. */
export function readConditions(stored: unknown): Condition[] {
  const value: unknown = typeof stored === 'string' ? parsed(stored) : stored
  if (Array.isArray(value))
    return value.flatMap((entry: unknown) => {
      if (!Array.isArray(entry)) return []
      const parts: unknown[] = entry.length > 3 ? entry.slice(1) : entry
      return parts.length === 3
        ? [[String(parts[0]), String(parts[1]).toLowerCase(), parts[2]] as Condition]
        : []
    })
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).map(([field, wanted]: [string, unknown]): Condition =>
    Array.isArray(wanted) && wanted.length === 2
      ? [field, String(wanted[0]).toLowerCase(), wanted[1] as FilterValue]
      : [field, '=', wanted as FilterValue],
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Conditions of an address laid over those of a view: a field named in both takes the address's. */
export function overlay(base: Condition[], over: Condition[]): Condition[] {
  const named = new Set(over.map(([field]) => field))
  return [...base.filter(([field]) => !named.has(field)), ...over]
}

/** The same conditions with one field asking for one value. */
export function withCondition(conditions: Condition[], added: Condition): Condition[] {
  const isSame = ([field, operator]: Condition) => field === added[0] && operator === added[1]
  return [...conditions.filter((condition) => !isSame(condition)), added]
}
