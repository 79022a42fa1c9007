import { expect, it } from 'vitest'
import type { SavedReply } from '@/api/composing'
import { matchingReplies, openSlash } from './replyCodes'

const reply = (title: string, code: string | null = null): SavedReply => ({ name: title, title, code, scope: 'Global', message: '' }) // prettier-ignore

it('finds the slash at the beginning of a word, and no other', () => {
  expect(openSlash('/')).toEqual({ query: '', before: 1, after: 0 })
  expect(openSlash('Hello /activation-h')).toEqual({ query: 'activation-h', before: 13, after: 0 })
  expect(openSlash('and/or')).toBeNull()
  expect(openSlash('/help me')).toBeNull()
})

it('offers the codes that begin so first, then titles', () => {
  const all = [reply('How to activate'), reply('Refund', 'refund'), reply('Activation', 'activation-help')] // prettier-ignore
  expect(matchingReplies(all, 'activ').map(({ title }) => title)).toEqual(['Activation', 'How to activate']) // prettier-ignore
  expect(matchingReplies(all, '')).toHaveLength(3)
  expect(matchingReplies(all, 'nothing')).toEqual([])
})
