import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SidePane from './SidePane.vue'

it('becomes wider and narrower with the arrow keys, and remembers', async () => {
  renderInDesk(SidePane)
  const edge = screen.getByRole('separator')
  const before = Number(edge.getAttribute('aria-valuenow'))
  edge.focus()
  await userEvent.keyboard('{ArrowLeft}')
  expect(Number(edge.getAttribute('aria-valuenow'))).toBe(before + 16)
  await userEvent.keyboard('{ArrowRight}')
  expect(Number(edge.getAttribute('aria-valuenow'))).toBe(before)
})
