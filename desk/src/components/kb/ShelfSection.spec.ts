import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ShelfSection from './ShelfSection.vue'

const article = (name: string) => ({ name, title: `About ${name}`, status: 'Draft', category: 'c', author: null, modified: '2026-03-02 08:00:00' }) // prettier-ignore
const about = { shelf: { name: 'c', category_name: 'Guides' }, articles: [article('one'), article('two')], actions: [], ticked: [] } // prettier-ignore

it('moves an article down by Alt and an arrow on its link', async () => {
  const { emitted } = renderInDesk(ShelfSection, about)
  screen.getByRole('link', { name: /About one/ }).focus()
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(emitted('order')).toEqual([[[about.articles[1], about.articles[0]]]])
})

it('moves an article by its buttons where nothing can be dragged', async () => {
  const { emitted } = renderInDesk(ShelfSection, about)
  await userEvent.click(screen.getByRole('button', { name: 'Move About two up' }))
  expect(emitted('order')).toEqual([[[about.articles[1], about.articles[0]]]])
})

it('ticks articles for what is done to several', async () => {
  const { emitted } = renderInDesk(ShelfSection, about)
  await userEvent.click(screen.getByRole('checkbox', { name: 'Choose About two' }))
  expect(emitted('update:ticked')).toEqual([[['two']]])
})
