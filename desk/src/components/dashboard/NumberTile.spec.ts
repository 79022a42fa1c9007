import { expect, it } from 'vitest'
import { screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import NumberTile from './NumberTile.vue'

const card = { title: 'Tickets', value: 12, delta: 3, deltaSuffix: '%', negativeIsBetter: true }

it('leads to the tickets it counts', () => {
  renderInDesk(NumberTile, { card, to: '/tickets?filters=[]' })
  const link = screen.getByRole('link', { name: /^Tickets 12 .*Show the tickets$/ })
  expect(link.getAttribute('href')).toBe('/tickets?filters=[]')
})

it('says in color and arrow whether a change is good', () => {
  renderInDesk(NumberTile, { card, to: '/tickets' })
  expect(screen.getByText('↑ 3%').className).toContain('red')
})
