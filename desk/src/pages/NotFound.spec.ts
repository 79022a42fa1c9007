import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import NotFound from './NotFound.vue'

it('says what may be wrong, and leads back', () => {
  renderInDesk(NotFound)
  expect(screen.getByText('The address may be mistyped.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Back to tickets' })).toBeTruthy()
})
