import { expect, it } from 'vitest'
import { passwordFault } from './passwords'

it('wants eight characters of two kinds', () => {
  expect(passwordFault('Ab1!')).toContain('eight')
  expect(passwordFault('aaaaaaaaaa')).toContain('Mix')
  expect(passwordFault('correct horse')).toBe('')
})
