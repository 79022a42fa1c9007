import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleRow } from '@/test/samples'
import BoardCard from './BoardCard.vue'

it('is a link with what matters now', () => {
  renderInDesk(BoardCard, {
    row: sampleRow({ customer: 'Acme' }),
    to: '/tickets/7',
    isDragged: false,
  })
  expect(
    screen.getByRole('link', { name: /Printer is on fire.*#7.*Acme.*High/ }).getAttribute('href'),
  ).toBe('/tickets/7')
})
