import { describe, expect, it } from 'vitest'
import type { FilterField } from '@/types/list'
import { defaultOperator, inputKind, operatorsOf, overlay, readConditions, sentenceOf, toStored, toTyped, withCondition } from './filters' // prettier-ignore

const field = (fieldname: string, fieldtype: string, options: string | null = null): FilterField => ({
  fieldname,
  fieldtype,
  label: fieldname,
  options,
}) // prettier-ignore

describe('conditions', () => {
  it('are read from lists and from the objects of old views', () => {
    expect(readConditions('[["status","=","Open"],["HD Ticket","priority","IN",["High"]]]')).toEqual([
      ['status', '=', 'Open'],
      ['priority', 'in', ['High']],
    ]) // prettier-ignore
    expect(readConditions('{"_assign":["LIKE","%@me%"],"status":"Open"}')).toEqual([
      ['_assign', 'like', '%@me%'],
      ['status', '=', 'Open'],
    ])
    expect(readConditions('not json')).toEqual([])
  })

  it('search for what was typed, unless the typist set wildcards', () => {
    const subject = field('subject', 'Data')
    expect(toStored(subject, 'like', 'fire')).toBe('%fire%')
    expect(toStored(subject, 'like', 'fire%')).toBe('fire%')
    expect(toTyped(subject, 'like', '%fire%')).toBe('fire')
  })

  it('show stars and store fractions', () => {
    const rating = field('feedback_rating', 'Rating')
    expect(toStored(rating, '=', '4')).toBe(0.8)
    expect(toTyped(rating, '=', 0.8)).toBe('4')
  })

  it('offer what suits the field', () => {
    const assigned = field('_assign', 'Link', 'HD Agent')
    expect(operatorsOf(assigned).map(({ value }) => value)).toEqual(['like', 'not like', 'is'])
    expect(defaultOperator(assigned)).toBe('like')
    expect(defaultOperator(field('creation', 'Datetime'))).toBe('timespan')
    expect(inputKind(field('creation', 'Datetime'), 'between')).toBe('range')
    expect(inputKind(field('status', 'Link'), '=')).toBe('link')
  })

  it('read as sentences', () => {
    const fields = [field('status', 'Link'), field('_assign', 'Link', 'HD Agent')]
    expect(sentenceOf(['status', '=', 'Open'], fields)).toBe('status is Open')
    expect(sentenceOf(['_assign', 'like', '%@me%'], fields)).toBe('_assign contains me')
    expect(sentenceOf(['status', 'is', 'not set'], fields)).toBe('status is not set')
  })

  it('of an address lie over those of a view', () => {
    const base: [string, string, string][] = [['status', '=', 'Open'], ['priority', '=', 'Low']] // prettier-ignore
    expect(overlay(base, [['priority', '=', 'High']])).toEqual([['status', '=', 'Open'], ['priority', '=', 'High']]) // prettier-ignore
    expect(withCondition(base, ['status', '=', 'Closed'])).toHaveLength(2)
  })
})
