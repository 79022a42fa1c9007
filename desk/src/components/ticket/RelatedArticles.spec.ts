import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import RelatedArticles from './RelatedArticles.vue'

const SEARCH = 'helpdesk.api.article.search'
const hit = (id: string, subject: string) => ({ id, name: id, subject, headings: '', description: '' }) // prettier-ignore

it('leads to each article about the subject once', async () => {
  answers(SEARCH, [hit('a1#lid', 'Paper jams'), hit('a1#tray', 'Paper jams'), hit('a2', 'Toner')])
  renderInDesk(RelatedArticles, { subject: 'Paper is stuck' })
  const link = await screen.findByRole('link', { name: 'Paper jams' })
  expect(link.getAttribute('href')).toBe('/kb/articles/a1')
  expect(screen.getAllByRole('link')).toHaveLength(2)
  expect(asked.at(-1)?.args).toEqual({ query: 'Paper is stuck' })
})

it('says when it cannot look, and looks again', async () => {
  refuses(SEARCH, 'The server rests')
  renderInDesk(RelatedArticles, { subject: 'Paper' })
  expect((await screen.findByRole('alert')).textContent).toContain('The server rests')
  answers(SEARCH, [hit('a2', 'Toner')])
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'Toner' })).toBeTruthy()
})
