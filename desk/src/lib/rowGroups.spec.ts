import { expect, it } from 'vitest'
import { sampleRow } from '@/test/samples'
import { groupsOf, inGroups } from './rowGroups'

const rows = [
  sampleRow({ name: 1, status: 'Open' }),
  sampleRow({ name: 2, status: '' }),
  sampleRow({ name: 3, status: 'Open' }),
  sampleRow({ name: 4, status: 'Odd' }),
]
const by = { name: 'status', label: 'Status', type: 'Link', options: ['Replied', 'Open', { label: '', value: '' }] } // prettier-ignore

it('keeps the order of the server, leaves out what is empty and loses no row', () => {
  expect(groupsOf(rows, by).map((group) => [group.label, group.rows.map(({ name }) => name)])).toEqual([
    ['Open', [1, 3]],
    ['Empty', [2]],
    ['Odd', [4]],
  ]) // prettier-ignore
})

it('counts what a group has, not only what is loaded', () => {
  const totals = groupsOf(rows, by, { Open: 36, Odd: 0 }).map(({ label, total }) => [label, total])
  expect(totals).toEqual([['Open', 36], ['Empty', 1], ['Odd', 1]]) // prettier-ignore
})

it('gives the rows in the order they are read', () => {
  expect(inGroups(rows, by).map(({ name }) => name)).toEqual([1, 3, 2, 4])
  expect(inGroups(rows, null)).toBe(rows)
})
