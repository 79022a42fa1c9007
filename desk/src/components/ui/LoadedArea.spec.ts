import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import LoadedArea from './LoadedArea.vue'

it('tells failed from missing', () => {
  const { unmount } = renderInDesk(LoadedArea, { state: 'failed', error: 'Broken' })
  expect(screen.getByText('Broken')).toBeTruthy()
  unmount()
  renderInDesk(LoadedArea, { state: 'missing', back: '/tickets' })
  expect(screen.getByRole('link', { name: 'Go back' })).toBeTruthy()
})
