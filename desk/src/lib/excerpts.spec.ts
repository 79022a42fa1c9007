import { expect, it } from 'vitest'
import { markedParts } from './excerpts'

it('marks what was found and drops every other markup', () => {
  expect(markedParts('The <b>big</b> <mark>printer</mark> burns')).toEqual([
    { text: 'The big ', isMarked: false },
    { text: 'printer', isMarked: true },
    { text: ' burns', isMarked: false },
  ])
})
