import { ref } from 'vue'
import { expect, it } from 'vitest'
import { sampleRow } from '@/test/samples'
import type { ListView } from './useListView'
import { useRowGroups } from './useRowGroups'

const rows = [
  sampleRow({ name: 1, status: 'Open' }),
  sampleRow({ name: 2, status: '' }),
  sampleRow({ name: 3, status: 'Open' }),
  sampleRow({ name: 4, status: 'Odd' }),
]
const listOf = (options: unknown[]) =>
  ({ rows: ref(rows), group: ref({ name: 'status', options }) }) as unknown as ListView

it('keeps the order of the server, leaves out what is empty and loses no row', () => {
  const { groups } = useRowGroups(listOf(['Replied', 'Open', { label: '', value: '' }]))
  expect(groups.value.map(({ label, rows }) => [label, rows.map(({ name }) => name)])).toEqual([
    ['Open', [1, 3]],
    ['Empty', [2]],
    ['Odd', [4]],
  ])
})

it('folds and unfolds a group', () => {
  const { folded, toggle } = useRowGroups(listOf(['Open']))
  toggle('Open')
  expect(folded.value.has('Open')).toBe(true)
  toggle('Open')
  expect(folded.value.has('Open')).toBe(false)
})
