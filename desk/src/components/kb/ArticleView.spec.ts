import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ArticleView from './ArticleView.vue'

it('shows title, author and text', async () => {
  renderInDesk(ArticleView, { title: 'Setting up', html: '<h2>First steps</h2><p>Plug it in.</p>', author: 'Anna' }) // prettier-ignore
  expect(screen.getByRole('heading', { name: 'Setting up' })).toBeTruthy()
  expect(screen.getByText(/Anna/)).toBeTruthy()
  expect(await screen.findByRole('heading', { name: 'First steps' })).toBeTruthy()
  expect(screen.getByText('Plug it in.')).toBeTruthy()
})
