/**
 * A search in words – `status:open,replied -agent:me created:7d "does not print"` – and the conditions of a list that
 * it stands for. What one can say follows from the fields the list can be filtered by. Pure.
 */
import type { Condition, FilterField, FilterValue } from '@/types/list'
import { __ } from './translate'

export const TEXT = '__text'
/** A condition that has no words of its own. */
const WHERE = 'where'

/** Short names for the fields people ask for most; every other field is called by its own name. */
const SHORT: Record<string, string> = {
  ticket_type: 'type', agent_group: 'team', _assign: 'agent', _user_tags: 'label', due_date: 'due', creation: 'created',
  modified: 'updated', sla_state: 'sla', feedback_rating: 'rating', raised_by: 'email', name: 'id',
} // prettier-ignore
const OTHER_NAMES: Record<string, string> = { tag: 'label', assignee: 'agent', assigned: 'agent' }

/** States that are more than one value of one field. */
const STATES: Record<string, Condition> = {
  'is:unassigned': ['_assign', 'is', 'not set'],
  'is:mine': ['_assign', 'like', '%@me%'],
  'is:unread': ['_seen', 'not like', '%@me%'],
  'is:archived': ['is_archived', '=', 1],
  'is:needs-response': ['needs_response', '=', 1],
  'is:merged': ['is_merged', '=', 1],
  'has:feedback': ['feedback_rating', 'is', 'set'],
  'has:due': ['due_date', 'is', 'set'],
  'has:label': ['_user_tags', 'is', 'set'],
}
export const STATE_WORDS = Object.keys(STATES)

/** One word of a search, and either what it means or why it means nothing. */
export type Token = { text: string } & ({ condition: Condition } | { problem: string })

/** What is known besides the fields: values by field, so that a slip is told rather than searched for. */
export interface Known {
  fields: FilterField[]
  /** Field to its values, by the words people use for them. */
  values?: Record<string, { label: string; value: string }[]>
}

/** Fields whose stored text holds several values. */
const holdsSeveral = ({ fieldname }: FilterField) => /^_(assign|user_tags)$/.test(fieldname)
const isDate = ({ fieldtype }: FilterField) => /^Date/.test(fieldtype)
const isNumber = ({ fieldtype }: FilterField) => /^(Int|Float|Rating)$/.test(fieldtype)
const isExact = ({ fieldtype }: FilterField) => /^(Link|Select)$/.test(fieldtype)

export const keyOf = (field: FilterField): string => SHORT[field.fieldname] ?? field.fieldname.replace(/^_+/, '') // prettier-ignore

export function fieldOf(key: string, fields: FilterField[]): FilterField | undefined {
  const wanted = OTHER_NAMES[key.toLowerCase()] ?? key.toLowerCase()
  return fields.find((field) => field.fieldname !== TEXT && keyOf(field) === wanted)
}

const quoted = (text: string) => (/[\s,"]/.test(text) || !text ? `"${text.replaceAll('"', '\\"')}"` : text) // prettier-ignore
const unquoted = (text: string) => text.replace(/^"(.*)"$/s, '$1').replaceAll('\\"', '"')
const WORD = /(?:[^\s"]|"(?:\\"|[^"])*"?)+/g
const PART = /(?:[^,"]|"(?:\\"|[^"])*"?)+/g
/** `key:value`, where the key is a word; an address such as `https://x` is none. */
const PAIR = /^(-?)([a-z_][\w-]*):(?!\/\/)(.*)$/is

/** Read a search: one token for each word, and one for all that is free text. */
export function parseQuery(query: string, known: Known): Token[] {
  const tokens: Token[] = []
  const free: string[] = []
  for (const [word] of query.matchAll(WORD)) {
    const pair = PAIR.exec(word)
    if (pair) tokens.push(tokenOf(word, pair[1] === '-', pair[2] ?? '', pair[3] ?? '', known))
    else free.push(unquoted(word))
  }
  const text = free.join(' ').trim()
  if (text) tokens.push({ text: quoted(text), condition: [TEXT, 'like', `%${text}%`] })
  return tokens
}

function tokenOf(text: string, isNot: boolean, key: string, rest: string, known: Known): Token {
  const state = STATES[`${key}:${rest}`.toLowerCase()]
  if (state) return isNot ? negated(text, state) : { text, condition: state }
  if (/^(is|has)$/i.test(key)) return { text, problem: __('There is no {0}.', `${key}:${rest}`) }
  if (key === WHERE) return generic(text, unquoted(rest))
  const field = fieldOf(key, known.fields)
  if (!field) return { text, problem: __('There is nothing called “{0}” to search by.', key) }
  const values = [...rest.matchAll(PART)].map(([part]) => unquoted(part)).filter(Boolean)
  if (!values.length) return { text, problem: __('“{0}” needs a value.', key) }
  const found = conditionOf(field, isNot, values, known)
  return typeof found === 'string' ? { text, problem: found } : { text, condition: found }
}

function negated(text: string, [field, operator, value]: Condition): Token {
  const other: Record<string, Condition> = {
    is: [field, 'is', value === 'set' ? 'not set' : 'set'],
    like: [field, 'not like', value],
    'not like': [field, 'like', value],
    '=': [field, '=', 0],
  }
  return { text, condition: other[operator] as Condition }
}

function generic(text: string, json: string): Token {
  try {
    const read: unknown = JSON.parse(json)
    if (Array.isArray(read) && read.length === 3 && read.slice(0, 2).every((part) => typeof part === 'string')) return { text, condition: read as Condition } // prettier-ignore
  } catch {
    // Not JSON is as wrong as the wrong JSON.
  }
  return { text, problem: __('This condition cannot be read.') }
}

/** The condition that a field and its values mean, or why they mean none. */
function conditionOf(
  field: FilterField,
  isNot: boolean,
  values: string[],
  known: Known,
): Condition | string {
  // prettier-ignore
  const [first = ''] = values
  const name = field.fieldname
  if (/^(none|any)$/i.test(first) && values.length === 1)
    return [name, 'is', (first.toLowerCase() === 'none') !== isNot ? 'not set' : 'set']
  if (field.fieldtype === 'Check') return yesOrNo(name, isNot, first)
  if (isDate(field)) return isNot ? __('A time cannot be left out; say none, or another time.') : timeOf(name, first) // prettier-ignore
  if (isNumber(field)) return numberOf(field, isNot, first)
  const meant = values.map((value) => valueOf(field, value, known))
  const wrong = meant.find((value) => typeof value !== 'string')
  if (wrong && typeof wrong !== 'string') return wrong.problem
  return compared(field, isNot, meant as string[])
}

function compared(field: FilterField, isNot: boolean, values: string[]): Condition | string {
  const [first = ''] = values
  const name = field.fieldname
  const isLike = holdsSeveral(field) || !isExact(field)
  if (isLike && values.length > 1) return __('One at a time, please: “{0}” cannot be one of several.', keyOf(field)) // prettier-ignore
  if (isLike) return [name, isNot ? 'not like' : 'like', `%${first}%`]
  if (values.length > 1) return [name, isNot ? 'not in' : 'in', values]
  return [name, isNot ? '!=' : '=', first]
}

function valueOf(
  field: FilterField,
  typed: string,
  { values }: Known,
): string | { problem: string } {
  // prettier-ignore
  if (field.fieldname === '_assign' && /^me$/i.test(typed)) return '@me'
  const given =
    field.fieldtype === 'Select' ? (field.options ?? '').split('\n').filter(Boolean) : []
  const choices = values?.[field.fieldname] ?? given.map((value) => ({ label: __(value), value }))
  if (!choices.length || typed === '@me') return typed
  const same = (text: string) => text.toLowerCase() === typed.toLowerCase()
  const found = choices.find(({ label, value }) => same(value) || same(label))
  return found?.value ?? { problem: __('“{0}” is no value of {1}.', typed, field.label) }
}

function yesOrNo(name: string, isNot: boolean, typed: string): Condition | string {
  const word = typed.toLowerCase()
  const isYes = ['yes', '1', 'true', __('yes').toLowerCase()].includes(word)
  if (!isYes && !['no', '0', 'false', __('no').toLowerCase()].includes(word)) return __('Say yes or no.') // prettier-ignore
  return [name, '=', isYes !== isNot ? 1 : 0]
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^(\d{4})-(\d{2})$/
const lastOf = (month: string) => {
  const [, year, number] = MONTH.exec(month) ?? []
  return `${month}-${new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate()}`
}
const SPANS = /^(today|yesterday|tomorrow|(last|this|next)-(week|month|quarter|year))$/i

/** `7d`, `today`, `last-week`, `2026-01-31`, `>2026-01-31`, `2026-01`, `2026-01..2026-02`. */
function timeOf(name: string, typed: string): Condition | string {
  const days = /^(\d{1,3})d$/i.exec(typed)
  if (days)
    return [name, 'timespan', `${name === 'due_date' ? 'next' : 'last'} ${Number(days[1])} days`]
  const over = /^(last|next)-(\d{1,3})-days$/i.exec(typed)
  if (over) return [name, 'timespan', typed.toLowerCase().replaceAll('-', ' ')]
  if (SPANS.test(typed)) return [name, 'timespan', typed.toLowerCase().replace('-', ' ')]
  const side = /^(<=|>=|<|>)(.+)$/.exec(typed)
  if (side && DAY.test(side[2] ?? '')) return [name, side[1] ?? '', side[2] ?? '']
  if (DAY.test(typed)) return [name, '=', typed]
  const [from = '', until = from] = typed.split('..')
  if (
    ![from, until].every(
      (one) =>
        DAY.test(one) ||
        (MONTH.test(one) && Number(one.slice(5)) <= 12 && Number(one.slice(5)) > 0),
    )
  )
    // prettier-ignore
    return __('“{0}” is no time: write 7d, today, 2026-01-31 or 2026-01..2026-02.', typed)
  return [name, 'between', [MONTH.test(from) ? `${from}-01` : from, MONTH.test(until) ? lastOf(until) : until]] // prettier-ignore
}

function numberOf(field: FilterField, isNot: boolean, typed: string): Condition | string {
  const [, side = '=', number = ''] = /^(<=|>=|<|>)?(\d+(?:\.\d+)?)$/.exec(typed) ?? []
  if (!number) return __('“{0}” is no number.', typed)
  if (isNot && side !== '=') return __('Leave the minus out, and turn the comparison around.')
  const value = field.fieldtype === 'Rating' ? Number(number) / 5 : Number(number)
  return [field.fieldname, isNot ? '!=' : side, value]
}

/** Write conditions as a search; reading it again gives the same conditions. */
export function formatQuery(conditions: Condition[], known: Known): string {
  return conditions.map((condition) => tokenText(condition, known)).join(' ')
}

/** One condition as a word. What has no words of its own is written out. */
export function tokenText(condition: Condition, known: Known): string {
  const isSame = (found: Condition) => JSON.stringify(found) === JSON.stringify(condition)
  const reads = (text: string) => {
    const read = parseQuery(text, known)
    const [only] = read
    return read.length === 1 && only && 'condition' in only && isSame(only.condition)
  }
  const state = STATE_WORDS.find((word) => isSame(STATES[word] as Condition))
  const tried = state ?? wordFor(condition, known)
  return tried && reads(tried) ? tried : `${WHERE}:${quoted(JSON.stringify(condition))}`
}

function wordFor([name, operator, value]: Condition, { fields }: Known): string {
  if (name === TEXT) return quoted(String(value).replace(/^%|%$/g, ''))
  const field = fields.find(({ fieldname }) => fieldname === name)
  if (!field) return ''
  const minus = /^(!=|not )/.test(operator) ? '-' : ''
  const said = wordOf(field, operator, value)
  return said ? `${minus}${keyOf(field)}:${said}` : ''
}

/** The usual direction needs no word: `7d` is the last seven days, of a due date the next. */
function spanOf({ fieldname }: FilterField, span: string): string {
  const [, direction, days] = /^(last|next) (\d{1,3}) days$/.exec(span) ?? []
  const isUsual = direction === (fieldname === 'due_date' ? 'next' : 'last')
  return days && isUsual ? `${days}d` : span.replaceAll(' ', '-')
}

function wordOf(field: FilterField, operator: string, value: FilterValue): string {
  if (operator === 'is') return value === 'set' ? 'any' : 'none'
  if (operator === 'timespan') return spanOf(field, String(value))
  if (operator === 'between' && Array.isArray(value)) return value.join('..')
  if (Array.isArray(value)) return value.map((one) => quoted(String(one))).join(',')
  if (field.fieldtype === 'Check') return Number(value) ? 'yes' : 'no'
  const number = field.fieldtype === 'Rating' ? Number(value) * 5 : value
  const side = /^[<>]/.test(operator) ? operator : ''
  const text = String(number).replace(/^%|%$/g, '')
  return text === '@me' && field.fieldname === '_assign' ? 'me' : side + quoted(text)
}
