import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import NotFound from './NotFound.vue'

it('says that the address leads nowhere, and leads back', () => {
  renderInDesk(NotFound)
  expect(screen.getByText('There is nothing here')).toBeTruthy()
  expect(screen.getByText('Back to tickets')).toBeTruthy()
})
