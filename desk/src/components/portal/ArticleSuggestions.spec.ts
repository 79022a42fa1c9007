import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ArticleSuggestions from './ArticleSuggestions.vue'

const hit = {
  id: '1',
  name: 'a1',
  subject: 'Inviting colleagues',
  headings: 'by-mail',
  description: '<p>Open <b>Settings</b></p>',
}

it('looks for articles from three letters on, and opens the passage in a new tab', async () => {
  answers('helpdesk.api.article.search', [hit])
  const { rerender } = renderInDesk(ArticleSuggestions, { query: '' })
  await rerender({ query: 'in' })
  expect(screen.queryByText('Looking for articles…')).toBeNull()
  await rerender({ query: 'invite' })
  expect(screen.getByText('Looking for articles…')).toBeTruthy()
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: /Inviting colleagues/ })
  expect(link.getAttribute('href')).toBe('/kb-public/articles/a1#by-mail')
  expect(link.target).toBe('_blank')
  expect(asked.map(({ args }) => args.query)).toEqual(['invite'])
})
