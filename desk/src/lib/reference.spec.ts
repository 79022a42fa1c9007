import { afterEach, expect, it } from 'vitest'
import { numberNamedIn, referenceOf, setReferenceForm } from './reference'

afterEach(() => setReferenceForm())

it('writes a number as the settings say', () => {
  expect(referenceOf(42)).toBe('#42')
  setReferenceForm('TKT-', 4)
  expect(referenceOf(42)).toBe('TKT-0042')
  expect(referenceOf('123456')).toBe('TKT-123456')
})

it('reads every way to name a ticket, and nothing else', () => {
  expect(['42', ' #42 ', '0042'].map(numberNamedIn)).toEqual(['42', '42', '42'])
  expect(['TKT-0042', '', '#', '42a', '1'.repeat(13)].map(numberNamedIn)).toEqual(['', '', '', '', '']) // prettier-ignore
  setReferenceForm('TKT-', 4)
  expect(['tkt-0042', '#TKT-42', 'TKT-', 'TKT-a'].map(numberNamedIn)).toEqual(['42', '42', '', ''])
})
