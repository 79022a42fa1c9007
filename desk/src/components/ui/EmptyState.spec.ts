import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import EmptyState from './EmptyState.vue'

it('says what is not there and what to do', () => {
  renderInDesk(EmptyState, { icon: 'svg', title: 'No tickets', hint: 'Make one.' })
  expect(screen.getByText('No tickets')).toBeTruthy()
  expect(screen.getByText('Make one.')).toBeTruthy()
})
