import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import CallCard from './CallCard.vue'

it('tells who called whom and for how long', () => {
  renderInDesk(CallCard, {
    call: {
      name: 'c',
      type: 'Incoming',
      status: 'Completed',
      from: '+49',
      to: null,
      duration: 65,
      recording_url: null,
      creation: '2026-03-02 08:00:00',
      _duration: '1m 5s',
      _caller: { label: 'Cleo' },
      _receiver: { label: 'Anna' },
    },
  })
  expect(screen.getByText('Cleo called Anna')).toBeTruthy()
  expect(screen.getByText('1m 5s')).toBeTruthy()
})
