import { computed, ref, shallowRef } from 'vue'
import { expect, it, vi } from 'vitest'
import { sampleRow } from '@/test/samples'
import type { GroupBy } from '@/types/list'
import { useListLines } from './useListLines'

const ROWS = [sampleRow({ name: 1, status: 'Open' }), sampleRow({ name: 2, status: 'Closed' })]
function lined(rows = ROWS, by: GroupBy | null = null) {
  const scroller = ref<HTMLElement | null>(document.createElement('div'))
  const list = { rows: computed(() => rows), group: shallowRef(by), groupTotals: shallowRef({}) }
  const lines = useListLines(list, scroller, ref(40))
  const keys = () => lines.lines.value.map(({ key }) => key)
  return { ...lines, scroller, keys }
}
const STATUS = { name: 'status', label: 'Status', type: 'Link', options: ['Closed', 'Open'] }

it('is the rows themselves without groups', () => {
  expect(lined().keys()).toEqual(['1', '2'])
})

it('puts rows under the heads of their groups, which fold', () => {
  const { keys, toggle, rows } = lined(ROWS, STATUS)
  expect(keys()).toEqual(['group:Closed', '2', 'group:Open', '1'])
  toggle('Closed')
  expect(keys()).toEqual(['group:Closed', 'group:Open', '1'])
  expect(rows.value.map(({ name }) => name)).toEqual([1])
  toggle('Closed')
  expect(keys()).toHaveLength(4)
})

it('draws only the lines near the screen, also in groups, and brings a far row there', () => {
  const many = Array.from({ length: 900 }, (_, name) => sampleRow({ name }))
  const { lines, after, reveal, scroller } = lined(many, STATUS)
  expect(lines.value.length).toBeLessThan(100)
  expect(after.value).toBeGreaterThan(30_000)
  const scrollTo = vi.spyOn(scroller.value as HTMLElement, 'scrollTo')
  reveal(many[2] as (typeof many)[0])
  expect(scrollTo).not.toHaveBeenCalled()
  reveal(many[800] as (typeof many)[0])
  expect(scrollTo).toHaveBeenCalledWith({ top: 801 * 40 })
})
