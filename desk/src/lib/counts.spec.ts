import { expect, it } from 'vitest'
import { countedTickets } from './counts'

it('counts tickets in words', () => {
  expect([0, 1, 2].map(countedTickets)).toEqual(['0 tickets', '1 ticket', '2 tickets'])
})
