import { expect, it } from 'vitest'
import { objectionTo } from './fileRules'

const file = (name: string, megabytes = 1) => ({ name, size: megabytes * 1024 * 1024 })

it('takes everything where there are no rules', () => {
  expect(objectionTo(file('a.exe', 900), {})).toBe('')
})

it('says what is too large', () => {
  expect(objectionTo(file('a.pdf', 10), { max_attachment_mb: 10 })).toBe('')
  expect(objectionTo(file('a.pdf', 11), { max_attachment_mb: 10 })).toContain('10 MB at most')
})

it.each(['a.exe', 'pdf.', 'pdf'])('says that the kind of %s is not taken', (name) => {
  expect(objectionTo(file(name), { attachment_types: 'pdf, png' })).toContain('pdf, png')
  expect(objectionTo(file('A.PDF'), { attachment_types: 'pdf, png' })).toBe('')
})
