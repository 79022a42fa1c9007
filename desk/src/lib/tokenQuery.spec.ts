import { describe, expect, it } from 'vitest'
import type { Condition, FilterField } from '@/types/list'
import { formatQuery, keyOf, parseQuery, STATE_WORDS, TEXT, tokenText } from './tokenQuery'

const field = (fieldname: string, fieldtype: string, options: string | null = null): FilterField => ({ fieldname, fieldtype, label: fieldname, options }) // prettier-ignore
const fields = [
  field('status', 'Link', 'HD Ticket Status'),
  field('customer', 'Link', 'HD Customer'),
  field('ticket_type', 'Link', 'HD Ticket Type'),
  field('channel', 'Select', '\nEmail\nPhone'),
  field('subject', 'Data'),
  field('_assign', 'Link', 'HD Agent'),
  field('_user_tags', 'Link', 'HD Ticket Label'),
  field('creation', 'Datetime'),
  field('due_date', 'Date'),
  field('feedback_rating', 'Rating'),
  field('is_archived', 'Check'),
  field('needs_response', 'Check'),
  field('my_category', 'Link', 'Mine'),
  field(TEXT, 'Data'),
]
const values = {
  status: ['Open', 'Waiting for us'].map((value) => ({ label: value, value })),
  _assign: [{ label: 'Anna Berg', value: 'anna@x' }],
}
const known = { fields, values }
const one = (query: string) => {
  const tokens = parseQuery(query, known)
  expect(tokens).toHaveLength(1)
  const [token] = tokens
  return token && 'condition' in token ? token.condition : token?.problem
}

describe('reading', () => {
  it.each<[string, Condition]>([
    ['status:open', ['status', '=', 'Open']],
    ['-status:open', ['status', '!=', 'Open']],
    ['status:open,"waiting for us"', ['status', 'in', ['Open', 'Waiting for us']]],
    ['-status:Open,"Waiting for us"', ['status', 'not in', ['Open', 'Waiting for us']]],
    ['type:Bug', ['ticket_type', '=', 'Bug']],
    ['my_category:x', ['my_category', '=', 'x']],
    ['customer:none', ['customer', 'is', 'not set']],
    ['-customer:none', ['customer', 'is', 'set']],
    ['agent:me', ['_assign', 'like', '%@me%']],
    ['agent:"anna berg"', ['_assign', 'like', '%anna@x%']],
    ['-agent:none', ['_assign', 'is', 'set']],
    ['label:vip', ['_user_tags', 'like', '%vip%']],
    ['tag:vip', ['_user_tags', 'like', '%vip%']],
    ['subject:printer', ['subject', 'like', '%printer%']],
    ['channel:email', ['channel', '=', 'Email']],
    ['created:7d', ['creation', 'timespan', 'last 7 days']],
    ['due:7d', ['due_date', 'timespan', 'next 7 days']],
    ['due:today', ['due_date', 'timespan', 'today']],
    ['created:last-week', ['creation', 'timespan', 'last week']],
    ['created:2026-02', ['creation', 'between', ['2026-02-01', '2026-02-28']]],
    ['created:2026-01..2026-02', ['creation', 'between', ['2026-01-01', '2026-02-28']]],
    ['created:>2026-01-31', ['creation', '>', '2026-01-31']],
    ['rating:4', ['feedback_rating', '=', 0.8]],
    ['rating:<=2', ['feedback_rating', '<=', 0.4]],
    ['is_archived:yes', ['is_archived', '=', 1]],
    ['is:unassigned', ['_assign', 'is', 'not set']],
    ['-is:unassigned', ['_assign', 'is', 'set']],
    ['-is:archived', ['is_archived', '=', 0]],
    ['has:feedback', ['feedback_rating', 'is', 'set']],
    ['does not print', [TEXT, 'like', '%does not print%']],
    ['"status:open"', [TEXT, 'like', '%status:open%']],
    ['https://x.example/y', [TEXT, 'like', '%https://x.example/y%']],
  ])('%s', (query, condition) => expect(one(query)).toEqual(condition))

  it.each([
    ['colour:red', 'colour'],
    ['is:purple', 'is:purple'],
    ['status:opne', 'opne'],
    ['status:', 'needs a value'],
    ['created:soon', 'soon'],
    ['created:2026-13', '2026-13'],
    ['-created:7d', 'cannot be left out'],
    ['rating:good', 'good'],
    ['-rating:<2', 'turn the comparison'],
    ['is_archived:perhaps', 'yes or no'],
    ['agent:me,"Anna Berg"', 'One at a time'],
    ['where:"[1,2]"', 'cannot be read'],
    ['where:nonsense', 'cannot be read'],
  ])('tells why %s means nothing', (query, reason) => expect(one(query)).toContain(reason))

  it('keeps every word, good or bad, and one text of all the rest', () => {
    const tokens = parseQuery('hello status:open colour:red world', known)
    expect(tokens.map(({ text }) => text)).toEqual(['status:open', 'colour:red', '"hello world"'])
  })

  it('knows every field it is given by one name alone', () => {
    const keys = fields.map(keyOf)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('writing', () => {
  /** Every kind of condition that filters, views and links of the desk make. */
  const operators: [string, Condition[2]][] = [
    ['=', 'Open'], ['!=', 'Open'], ['=', 'a "b" c'], ['=', ''], ['=', 'none'], ['=', 'x,y'], ['=', '7d'], ['=', 3], ['=', 0],
    ['like', '%x%'], ['like', 'x%'], ['not like', '%x y%'], ['like', '%@me%'], ['in', ['Open', 'Waiting for us']],
    ['in', []], ['not in', ['a,b', 'c']], ['in', 'a,b'], ['is', 'set'], ['is', 'not set'], ['timespan', 'last 7 days'],
    ['timespan', 'next quarter'], ['timespan', 'last 6 months'], ['between', ['2026-01-01', '2026-02-28']], ['<', '2026-01-01'],
    ['>=', 0.6], ['=', '@me'], ['=', null], ['=', true],
  ] // prettier-ignore
  const all = [...fields, field('gone', 'Data')].flatMap(({ fieldname }) =>
    operators.map(([operator, value]): Condition => [fieldname, operator, value]),
  )

  it('can be read again, whatever the condition', () => {
    for (const condition of all)
      expect(parseQuery(tokenText(condition, known), known)).toMatchObject([{ condition }])
  })

  it('can be read again together', () => {
    const together = all.filter(([name]) => name !== TEXT)
    const read = parseQuery(formatQuery(together, known), known)
    expect(read.map((token) => ('condition' in token ? token.condition : token))).toEqual(together)
  })

  it('uses words where there are some', () => {
    expect(formatQuery([['status', 'in', ['Open', 'Waiting for us']], ['_assign', 'like', '%@me%']], known)).toBe('status:Open,"Waiting for us" is:mine') // prettier-ignore
    expect(tokenText(['gone', '=', 1], known)).toBe('where:"[\\"gone\\",\\"=\\",1]"')
  })

  it('reads each state as it is written', () => {
    for (const word of STATE_WORDS) expect(parseQuery(word, known)).toMatchObject([{ text: word }])
  })
})
