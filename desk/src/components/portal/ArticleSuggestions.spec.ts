import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ArticleSuggestions from './ArticleSuggestions.vue'

const hit = {
  id: '1',
  name: 'a1#by-mail',
  subject: 'Inviting colleagues',
  headings: 'By mail',
  description: 'Open <mark>Settings</mark> first',
}

it('looks for articles from three letters on, and opens the passage in a new tab', async () => {
  answers('helpdesk.api.article.search', [hit])
  const { rerender } = renderInDesk(ArticleSuggestions, { query: '' })
  await rerender({ query: 'in' })
  expect(screen.queryByText('Looking for articles…')).toBeNull()
  await rerender({ query: 'invite' })
  expect(screen.getByText('Looking for articles…')).toBeTruthy()
  const link = await screen.findByRole<HTMLAnchorElement>('link', {
    name: 'Inviting colleagues: By mail',
  })
  expect(link.getAttribute('href')).toBe('/kb-public/articles/a1#by-mail')
  expect(link.target).toBe('_blank')
  expect(asked.map(({ args }) => args.query)).toEqual(['invite'])
})

it('keeps passages of one article together, with the found words marked', async () => {
  answers('helpdesk.api.article.search', [hit, { ...hit, id: '2', name: 'a2', subject: 'Roles', headings: '' }, { ...hit, id: '3', name: 'a1', headings: '' }]) // prettier-ignore
  const { rerender } = renderInDesk(ArticleSuggestions, { query: '' })
  await rerender({ query: 'invite' })
  await screen.findByRole('link', { name: 'Roles' })
  expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['Inviting colleagues', 'Roles']) // prettier-ignore
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(links).toEqual(['/kb-public/articles/a1#by-mail', '/kb-public/articles/a1', '/kb-public/articles/a2']) // prettier-ignore
  expect(screen.getAllByText('Settings')[0]?.tagName).toBe('MARK')
})
