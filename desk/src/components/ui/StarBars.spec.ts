import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import StarBars from './StarBars.vue'

it('draws a bar for each number of stars, also when there are none', () => {
  renderInDesk(StarBars, { counts: { 5: 3, 1: 1 }, total: 4 })
  expect(screen.getAllByRole('listitem').map((row) => row.textContent?.trim())).toEqual(['5 ★3', '4 ★0', '3 ★0', '2 ★0', '1 ★1']) // prettier-ignore
})
