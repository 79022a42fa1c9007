import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ViewLine from './ViewLine.vue'

it('names who looked', () => {
  renderInDesk(ViewLine, {
    view: {
      name: 'v',
      viewed_by: 'anna@x',
      creation: '2026-03-02 08:00:00',
      user: { name: 'Anna' },
    },
  })
  expect(screen.getByText('Anna')).toBeTruthy()
})
