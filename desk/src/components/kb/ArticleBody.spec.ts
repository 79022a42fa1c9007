import { expect, it, vi } from 'vitest'
import { screen } from '@testing-library/vue'
import { renderAt } from '@/test/render'
import ArticleBody from './ArticleBody.vue'

it('gives headings the anchors that links point to, and goes to the one of the address', async () => {
  const shown = vi.spyOn(Element.prototype, 'scrollIntoView')
  await renderAt('/kb-public/articles/a1#use-water', ArticleBody, {
    html: '<h2>Use water</h2><p>Plenty.</p>',
  })
  const heading = await screen.findByRole('heading', { name: 'Use water' })
  await vi.waitFor(() => expect(heading.id).toBe('use-water'))
  await vi.waitFor(() => expect(shown.mock.contexts).toContain(heading))
  shown.mockRestore()
})
