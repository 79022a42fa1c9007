import { expect, it } from 'vitest'
import { moved, useReorder } from './useReorder'

it('moves one entry and keeps the order of the others', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
})

it('moves by Alt and an arrow, and not beyond the ends', () => {
  let list = ['a', 'b']
  const { handlers } = useReorder(() => list, (next) => (list = next)) // prettier-ignore
  const press = (at: number, key: string, altKey = true) => handlers(at).keydown(new KeyboardEvent('keydown', { key, altKey })) // prettier-ignore
  press(0, 'ArrowUp')
  press(0, 'ArrowDown', false)
  expect(list).toEqual(['a', 'b'])
  press(0, 'ArrowDown')
  expect(list).toEqual(['b', 'a'])
})

it('puts a dragged entry where it is dropped, and ignores what comes from elsewhere', () => {
  let list = ['a', 'b', 'c']
  const { handlers } = useReorder(() => list, (next) => (list = next)) // prettier-ignore
  const event = new Event('drop') as DragEvent
  handlers(0).drop(event)
  expect(list).toEqual(['a', 'b', 'c'])
  handlers(2).dragstart(event)
  handlers(0).drop(event)
  expect(list).toEqual(['c', 'a', 'b'])
})
