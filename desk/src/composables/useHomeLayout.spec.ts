import { beforeEach, expect, it } from 'vitest'
import { answers, asked } from '@/test/server'
import { flow, useHomeLayout } from './useHomeLayout'

const card = (chart: string, w: number, y = 0) => ({
  chart,
  layout: { i: chart, x: 0, y, w, h: 10 },
})
const names = (cards: { chart: string }[]) => cards.map(({ chart }) => chart)

beforeEach(() => {
  const shipped = [card('a', 25), card('b', 25, 10), card('c', 50, 20)]
  answers('helpdesk.api.agent_home.agent_home.get_dashboard', { layout: [shipped[1], shipped[0]], default_layout: JSON.stringify(shipped), dashboard_id: 'L1' }) // prettier-ignore
})

it('puts cards beside each other while there is room, then below', () => {
  const placed = flow([card('a', 25), card('b', 25), card('c', 33)])
  expect(placed.map(({ layout }) => [layout.x, layout.y])).toEqual([[0, 0], [25, 0], [0, 10]]) // prettier-ignore
})

it('moves, adds and saves', async () => {
  answers('frappe.client.set_value', {})
  const home = useHomeLayout()
  await home.load()
  expect(names(home.cards.value)).toEqual(['a', 'b'])
  expect(names(home.missing.value)).toEqual(['c'])
  home.move(0, 1)
  const [fresh] = home.missing.value
  if (fresh) home.add(fresh)
  expect(home.isChanged.value).toBe(true)
  await home.save()
  const sent = JSON.parse((asked.at(-1)?.args.fieldname as { layout: string }).layout) as object[]
  expect(names(sent as { chart: string }[])).toEqual(['b', 'a', 'c'])
  expect(home.isChanged.value).toBe(false)
})

it('cancel puts everything back', async () => {
  const home = useHomeLayout()
  await home.load()
  home.remove(0)
  home.widen(0)
  home.cancel()
  expect(names(home.cards.value)).toEqual(['a', 'b'])
  expect(home.isChanged.value).toBe(false)
})

it('is never narrower than its content bears', async () => {
  const wide = card('a', 50)
  answers('helpdesk.api.agent_home.agent_home.get_dashboard', { layout: [{ ...wide, layout: { ...wide.layout, minW: 25 } }], default_layout: '[]', dashboard_id: 'L1' }) // prettier-ignore
  const home = useHomeLayout()
  await home.load()
  const width = () => home.cards.value[0]?.layout.w
  home.widen(0)
  expect(width()).toBe(25)
  home.widen(0)
  expect(width()).toBe(33)
})
