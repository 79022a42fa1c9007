import { expect, it } from 'vitest'
import { markedParts, opening } from './excerpts'

it('marks what was found and drops every other markup', () => {
  expect(markedParts('The <b>big</b> <mark>printer</mark> burns')).toEqual([
    { text: 'The big ', isMarked: false },
    { text: 'printer', isMarked: true },
    { text: ' burns', isMarked: false },
  ])
})

it('shows where an opening was cut, and never half a word', () => {
  expect(opening('Use water.')).toBe('Use water.')
  expect(opening(`${'word '.repeat(19)}unfin`)).toBe(`${'word '.repeat(19).trim()} …`)
})
