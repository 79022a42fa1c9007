import { expect, it } from 'vitest'
import { sampleRow } from '@/test/samples'
import { useRowChanges } from './useRowChanges'

function twoRows() {
  const changes = useRowChanges()
  changes.loaded.value = [sampleRow({ name: 1 }), sampleRow({ name: 2 })]
  const shown = (field: string) => changes.rows.value.map((row) => row[field])
  return { ...changes, shown }
}

it('shows a change at once, and keeps it when the server agrees', () => {
  const { show, shown } = twoRows()
  const settle = show([1], { status: 'Closed' })
  expect(shown('status')).toEqual(['Closed', 'Open'])
  settle(1, true)
  expect(shown('status')).toEqual(['Closed', 'Open'])
})

it('puts back exactly what was refused', () => {
  const { show, shown } = twoRows()
  const status = show([1, 2], { status: 'Closed' })
  const priority = show([1], { priority: 'Low' })
  status(1, false)
  status(2, true)
  priority(1, true)
  expect(shown('status')).toEqual(['Open', 'Closed'])
  expect(shown('priority')).toEqual(['Low', 'High'])
})

it('lies over what is fetched meanwhile', () => {
  const { loaded, show, shown } = twoRows()
  show([1], (row) => ({ subject: `${String(row.subject)}!` }))
  loaded.value = [sampleRow({ name: 1, subject: 'Fresh' })]
  expect(shown('subject')).toEqual(['Fresh!'])
})
