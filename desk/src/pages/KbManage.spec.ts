import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import KbManage from './KbManage.vue'

const API = 'helpdesk.api.knowledge_base'
const shelf = (name: string) => ({ name, category_name: name })
const article = (name: string, category: string) => ({ name, title: `About ${name}`, status: 'Draft', category, author: null, modified: '2026-03-02 08:00:00' }) // prettier-ignore
const called = (method: string) => asked.find((one) => one.method === `${API}.${method}`)?.args
const order = () => screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent?.trim()) // prettier-ignore

beforeEach(
  () =>
  answers('frappe.client.get_list', ({ doctype }) => doctype === 'HD Article' ? [article('one', 'Guides'), article('two', 'Guides')] : [shelf('General'), shelf('Guides')]), // prettier-ignore
)

it('puts an article in another place, and back when that is refused', async () => {
  refuses(`${API}.order_articles`, 'No')
  renderInDesk(KbManage)
  ;(await screen.findByRole('link', { name: /About two/ })).focus()
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
  await expect.poll(() => called('order_articles')).toEqual({ names: ['two', 'one'] })
  await expect.poll(() => screen.getAllByRole('link').map((link) => /About (one|two)/.exec(link.textContent ?? '')?.[0])).toEqual(['About one', 'About two']) // prettier-ignore
  expect(order()).toEqual(['General', 'Guides'])
})

it('says what becomes of the articles before a category is deleted, and never offers that for General', async () => {
  answers('frappe.client.delete', null)
  renderInDesk(KbManage)
  await userEvent.click(await screen.findByRole('button', { name: 'What to do with General' }))
  expect(await screen.findByRole('menuitem', { name: 'New article' })).toBeTruthy()
  expect(screen.queryByRole('menuitem', { name: 'Delete' })).toBeNull()
  await userEvent.keyboard('{Escape}')
  await userEvent.click(screen.getByRole('button', { name: 'What to do with Guides' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  expect(await screen.findByText('Its 2 articles move to General.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await expect.poll(() => asked.find(({ method }) => method === 'frappe.client.delete')?.args).toMatchObject({ name: 'Guides' }) // prettier-ignore
})

it('moves the chosen articles to another category', async () => {
  answers(`${API}.move_to_category`, null)
  renderInDesk(KbManage)
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose About one' }))
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Move to' }), 'General')
  await expect.poll(() => called('move_to_category')).toEqual({ category: 'General', articles: ['one'] }) // prettier-ignore
})
