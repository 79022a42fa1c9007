import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import PriorityMark from './PriorityMark.vue'

it('names the priority beside its bars', () => {
  renderInDesk(PriorityMark, { priority: 'High' })
  expect(screen.getByText('High')).toBeTruthy()
})
