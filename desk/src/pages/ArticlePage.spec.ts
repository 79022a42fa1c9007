import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ArticlePage from './ArticlePage.vue'

const article = (values = {}) => ({ name: 'a1', title: 'Setting up', content: '<p>Plug it in.</p>', status: 'Draft', author: { name: 'Anna' }, category_id: 'c1', category_name: 'Guides', creation: '2026-03-02 08:00:00', modified: '2026-03-02 08:00:00', published_on: null, feedback: 0, ...values }) // prettier-ignore
const changes = () => asked.filter(({ method }) => method === 'frappe.client.set_value').map(({ args }) => args.fieldname) // prettier-ignore

beforeEach(() => {
  answers('helpdesk.api.knowledge_base.get_article', article())
  answers('helpdesk.api.article.get_article_stats', { views: 3, likes: 2, dislikes: 1 })
  answers('frappe.client.set_value', {})
})

it('publishes a draft', async () => {
  renderInDesk(ArticlePage, { article: 'a1' })
  expect(await screen.findByText('Draft')).toBeTruthy()
  expect(screen.getByText('3 views · helped 2 · did not help 1')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Publish' }))
  await expect.poll(changes).toEqual([{ status: 'Published' }])
})

it('shows while one writes how readers will see it, and saves the new title', async () => {
  renderInDesk(ArticlePage, { article: 'a1' })
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
  await userEvent.type(screen.getByLabelText('Title'), ' at home')
  expect(screen.getByText('Short name: setting-up-at-home')).toBeTruthy()
  expect(screen.getByText('Not saved')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Preview' }))
  expect(await screen.findByText('Plug it in.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(changes).toEqual([{ title: 'Setting up at home', content: '<p>Plug it in.</p>' }]) // prettier-ignore
})
