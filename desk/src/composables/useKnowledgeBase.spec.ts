import { screen, waitFor } from '@testing-library/vue'
import { beforeEach, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { useKnowledgeBase } from './useKnowledgeBase'

const API = 'helpdesk.api.knowledge_base'
const shelves = [{ name: 's1', category_name: 'General' }, { name: 's2', category_name: 'Guides' }] // prettier-ignore
const article = (name: string, category: string | null) => ({ name, title: name, status: 'Draft', category, author: null, modified: '2026-03-02 08:00:00' }) // prettier-ignore

beforeEach(() => {
  answers('frappe.client.get_list', ({ doctype }) => doctype === 'HD Article' ? [article('a', 's1'), article('b', 's1'), article('old', null)] : shelves) // prettier-ignore
})
async function open() {
  let kb: ReturnType<typeof useKnowledgeBase> | undefined
  const Shelves = defineComponent({
    setup() {
      kb = useKnowledgeBase()
      return { shelves: kb.shelves }
    },
    template: '<p v-for="shelf in shelves" :key="shelf.name">{{ shelf.category_name }}</p>',
  })
  renderInDesk(Shelves)
  await screen.findByText('Guides')
  if (!kb) throw new Error('Nothing was rendered.')
  return kb
}
const shown = () => screen.getAllByText(/General|Guides/).map(({ textContent }) => textContent)

it('puts articles on their shelves, and archived ones on none', async () => {
  const kb = await open()
  expect(kb.articlesOf(shelves[0] as (typeof shelves)[0]).map(({ name }) => name)).toEqual(['a', 'b']) // prettier-ignore
  expect(kb.archived.value.map(({ name }) => name)).toEqual(['old'])
})

it('shows a new order at once', async () => {
  answers(`${API}.order_categories`, null)
  const kb = await open()
  await kb.orderShelves([...shelves].reverse())
  expect(shown()).toEqual(['Guides', 'General'])
  expect(asked.at(-1)?.args).toEqual({ names: ['s2', 's1'] })
})

it('puts the order back when it is refused', async () => {
  refuses(`${API}.order_categories`, 'Not you')
  const kb = await open()
  await kb.orderShelves([...shelves].reverse())
  await waitFor(() => expect(shown()).toEqual(['General', 'Guides']))
})

it('forgets what was ticked once it is moved', async () => {
  answers(`${API}.move_to_category`, null)
  const kb = await open()
  kb.ticked.value = ['a']
  await kb.moveTicked('s2')
  expect(kb.ticked.value).toEqual([])
  expect(asked.find(({ method }) => method.endsWith('move_to_category'))?.args).toEqual({ articles: ['a'], category: 's2' }) // prettier-ignore
})
