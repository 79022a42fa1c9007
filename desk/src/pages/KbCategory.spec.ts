import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import KbCategory from './KbCategory.vue'

const API = 'helpdesk.api.knowledge_base'

it('shows the articles of one shelf', async () => {
  answers(`${API}.get_category_title`, 'Printing')
  answers(`${API}.get_category_articles`, [
    { name: 'a1', title: 'Fire', content: 'Use water.', published_on: null, modified: '2026-03-02 08:00:00', author: { name: 'Anna' } },
  ]) // prettier-ignore
  renderInDesk(KbCategory, { category: 'c1' })
  expect(await screen.findByRole('heading', { name: 'Printing', level: 1 })).toBeTruthy()
  const article = screen.getByRole('link', { name: /Fire/ })
  expect(article.getAttribute('href')).toBe('/kb-public/articles/a1')
  expect(article.textContent).toContain('Anna')
  expect(asked.every(({ args }) => args.category === 'c1')).toBe(true)
})

it('says when there is no such shelf', async () => {
  refuses(`${API}.get_category_title`, 'not found', 404)
  renderInDesk(KbCategory, { category: 'c9' })
  expect(await screen.findByText(/does not exist, or you may not see it/)).toBeTruthy()
})
