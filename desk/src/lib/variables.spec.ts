import { expect, it } from 'vitest'
import { gapsIn, matchingVariables, openBraces } from './variables'

it('finds the name that is being typed between braces', () => {
  expect(openBraces('Dear {{ tick', '')).toEqual({ query: 'tick', before: 7, after: 0 })
  expect(openBraces('{{', ' and more')).toEqual({ query: '', before: 2, after: 0 })
})

it('takes the rest of a name and its braces along', () => {
  expect(openBraces('{{ ticket', '.name }} says')).toEqual({ query: 'ticket', before: 9, after: 8 })
})

it('finds nothing where no braces are open', () => {
  expect(openBraces('{{ ticket.name }} and', '')).toBeNull()
  expect(openBraces('plain', '')).toBeNull()
})

it('looks for names and for what they stand for', () => {
  const all = [{ name: 'ticket.subject', label: 'Subject' }, { name: 'agent.full_name', label: 'Your name' }] // prettier-ignore
  expect(matchingVariables(all, 'your').map(({ name }) => name)).toEqual(['agent.full_name'])
  expect(matchingVariables(all, 'ticket.')).toHaveLength(1)
})

it('finds what was not filled in, each name once', () => {
  expect(gapsIn('<p>Dear {{customer_name}}, {{ reference }} {{ customer_name }} {{}}</p>')).toEqual(['customer_name', 'reference']) // prettier-ignore
  expect(gapsIn('<p>All {good}</p>')).toEqual([])
})
