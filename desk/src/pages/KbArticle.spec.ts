import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import KbArticle from './KbArticle.vue'

const API = 'helpdesk.api.knowledge_base'
const article = (values = {}) => ({ name: 'a1', title: 'Fire', content: '<h2>Water</h2><p>Use it.</p>', status: 'Published', author: { name: 'Anna' }, category_id: 'c1', category_name: 'Printing', creation: '2026-03-02 08:00:00', modified: '2026-03-02 08:00:00', published_on: null, feedback: 0, ...values }) // prettier-ignore
const views = () => asked.filter(({ method }) => method === `${API}.increment_views`)
const votes = () => asked.filter(({ args }) => args.method === 'set_feedback').map(({ args }) => args.args) // prettier-ignore

beforeEach(() => {
  sessionStorage.clear()
  answers(`${API}.increment_views`, null)
  answers('run_doc_method', null)
})

it('counts a visit once', async () => {
  answers(`${API}.get_article`, article() as never)
  const first = renderInDesk(KbArticle, { article: 'a1' })
  expect(await screen.findByRole('heading', { name: 'Fire', level: 1 })).toBeTruthy()
  await vi.waitFor(() => expect(views()).toHaveLength(1))
  first.unmount()
  renderInDesk(KbArticle, { article: 'a1' })
  expect(await screen.findByRole('heading', { name: 'Fire', level: 1 })).toBeTruthy()
  expect(views()).toHaveLength(1)
})

it('takes a vote, and takes it back', async () => {
  answers(`${API}.get_article`, article() as never)
  renderInDesk(KbArticle, { article: 'a1' })
  const yes = await screen.findByRole('button', { name: 'Yes' })
  await userEvent.click(yes)
  expect(yes.getAttribute('aria-pressed')).toBe('true')
  await userEvent.click(yes)
  expect(yes.getAttribute('aria-pressed')).toBe('false')
  await vi.waitFor(() => expect(JSON.stringify(votes())).toContain('0'))
  expect(votes()).toHaveLength(2)
})

it('puts the vote back when the server refuses it', async () => {
  answers(`${API}.get_article`, article({ feedback: 2 }) as never)
  refuses('run_doc_method', 'No')
  renderInDesk(KbArticle, { article: 'a1' })
  await userEvent.click(await screen.findByRole('button', { name: 'Yes' }))
  const no = screen.getByRole('button', { name: 'No' })
  await vi.waitFor(() => expect(no.getAttribute('aria-pressed')).toBe('true'))
})

it('says when an article is not there for readers', async () => {
  refuses(`${API}.get_article`, 'not found', 404)
  renderInDesk(KbArticle, { article: 'a9' })
  expect(await screen.findByText(/does not exist, or you may not see it/)).toBeTruthy()
})
