import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, refuses } from '@/test/server'
import KbHome from './KbHome.vue'

const CATEGORIES = 'helpdesk.api.knowledge_base.get_categories'

it('shows the shelves that hold something', async () => {
  answers(CATEGORIES, [
    { name: 'c1', category_name: 'Printing', article_count: 2 },
    { name: 'c2', category_name: 'Empty', article_count: 0 },
  ])
  renderInDesk(KbHome)
  const shelf = await screen.findByRole('link', { name: /Printing/ })
  expect(shelf.getAttribute('href')).toBe('/kb-public/c1')
  expect(shelf.textContent).toContain('2 articles')
  expect(screen.queryByText('Empty')).toBeNull()
  expect(screen.getByRole('searchbox', { name: 'Search the articles' })).toBeTruthy()
})

it('leads on where nothing is written yet', async () => {
  answers(CATEGORIES, [])
  renderInDesk(KbHome)
  const link = await screen.findByRole('link', { name: 'Ask us instead' })
  expect(link.getAttribute('href')).toBe('/my-tickets/new')
})

it('offers to try again when the server fails', async () => {
  refuses(CATEGORIES, 'broken', 500)
  renderInDesk(KbHome)
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
})
