import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import StarRating from './StarRating.vue'

it('tells the number of stars to those who cannot see them', () => {
  const { container } = renderInDesk(StarRating, { value: 0.8 })
  expect(
    container.textContent +
      (container.querySelector('[aria-label]')?.getAttribute('aria-label') ?? ''),
  ).toMatch(/4/)
})
