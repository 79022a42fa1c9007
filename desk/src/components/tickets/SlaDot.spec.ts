import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SlaDot from './SlaDot.vue'

it('says in a word what its color says', () => {
  const { unmount } = renderInDesk(SlaDot, { state: 'Warning' })
  expect(screen.getByText('Little time left')).toBeTruthy()
  unmount()
  const { container } = renderInDesk(SlaDot, { state: '' })
  expect(container.textContent).toBe('')
})
