import { nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import { useSelection } from './useSelection'

const five = () => ref([1, 2, 3, 4, 5].map((name) => ({ name })))

it('ticks one, and with Shift everything up to another', () => {
  const { toggle, names } = useSelection(five())
  toggle(1, false)
  toggle(3, true)
  expect(names.value).toEqual([2, 3, 4])
  toggle(2, false)
  expect(names.value).toEqual([2, 4])
})

it('ticks all, then none', () => {
  const { toggleAll, isAll, names } = useSelection(five())
  toggleAll()
  expect(isAll.value).toBe(true)
  toggleAll()
  expect(names.value).toEqual([])
})

it('forgets rows that are gone', async () => {
  const rows = five()
  const { toggle, names } = useSelection(rows)
  toggle(0, false)
  rows.value = rows.value.slice(1)
  await nextTick()
  expect(names.value).toEqual([])
})

it('counts all that match until single rows are ticked again', () => {
  const { chooseMatching, toggle, count, names } = useSelection(five())
  chooseMatching(300)
  expect([count.value, names.value.length]).toEqual([300, 5])
  toggle(0, false)
  expect(count.value).toBe(4)
})
