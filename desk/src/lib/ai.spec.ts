import { expect, it } from 'vitest'
import { addressOf, linkOf, nameOf, piecesOf } from './ai'

const source = { mark: 'S1', kind: 'ticket' as const, name: '3', title: '#3 Smoke' }
const suggestion = { action: 'set_priority' as const, value: 'High', label: 'High', reason: '' }

it('says what a suggestion would do', () => {
  expect(nameOf(suggestion)).toBe('Set the priority to High')
  expect(nameOf({ ...suggestion, action: 'merge', label: '#9 Fire' })).toBe('Merge it into #9 Fire')
})

it('cuts an answer at the marks of its sources, and leaves others as text', () => {
  const pieces = piecesOf({ text: 'Clean it [S1]. Or [S2].', sources: [source], for_customer: false }) // prettier-ignore
  expect(pieces).toEqual([
    { text: 'Clean it ', source: undefined },
    { text: '[S1]', source },
    { text: '. Or ', source: undefined },
    { text: '[S2]', source: undefined },
    { text: '.', source: undefined },
  ])
})

it('links sources within the desk, and articles for customers with whole addresses', () => {
  expect(addressOf(source)).toBe('/tickets/3')
  expect(addressOf({ kind: 'article', name: 'a/b' })).toBe('/kb/articles/a%2Fb')
  const link = linkOf({ ...suggestion, action: 'link_article', value: 'x1', label: 'Paper & <b>ink</b>' }) // prettier-ignore
  expect(link).toBe(`<p><a href="${window.location.origin}/helpdesk/kb/articles/x1">Paper &amp; &lt;b&gt;ink&lt;/b&gt;</a></p>`) // prettier-ignore
})
