import { expect, it } from 'vitest'
import { openedList } from '@/test/lists'
import { answers, asked, refuses } from '@/test/server'
import { useInlineChange } from './useInlineChange'

const anchor = document.createElement('button')
async function asking() {
  const list = await openedList()
  const inline = useInlineChange(list)
  const [row] = list.rows.value
  if (!row) throw new Error('no row')
  inline.ask(row, 'status', anchor)
  const status = () => list.rows.value[0]?.status
  return { ...inline, status }
}
const changes = () => asked.filter(({ method }) => method === 'frappe.client.set_value')

it('shows the new value before the server has answered', async () => {
  answers('frappe.client.set_value', () => new Promise<never>(() => {}))
  const { choose, status, asking: menu } = await asking()
  void choose('Closed')
  expect(status()).toBe('Closed')
  expect(menu.value).toBeNull()
})

it('puts the old value back when the server refuses', async () => {
  refuses('frappe.client.set_value', 'It was merged')
  const { choose, status } = await asking()
  await choose('Closed')
  expect(status()).toBe('Open')
})

it('asks nobody when nothing changes', async () => {
  const { choose } = await asking()
  await choose('Open')
  expect(changes()).toHaveLength(0)
})
