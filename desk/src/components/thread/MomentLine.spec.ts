import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import MomentLine from './MomentLine.vue'

it('says where the ticket stood, and nothing of who did it', () => {
  const moment = { name: 'a', status: 'In progress', creation: '2026-03-02 08:00:00' }
  renderInDesk(MomentLine, { moment })
  expect(screen.getByText('Status: In progress')).toBeTruthy()
})
