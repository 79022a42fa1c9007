import { expect, it } from 'vitest'
import { slugOf } from './slugs'

it('names headings in any script', () => {
  expect(slugOf('How to pay?')).toBe('how-to-pay')
  expect(slugOf('Zurück: 3 Wege')).toBe('zuruck-3-wege')
  expect(slugOf('دفع')).toBe('دفع')
})
