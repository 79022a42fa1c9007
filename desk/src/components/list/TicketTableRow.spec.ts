import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleRow } from '@/test/samples'
import TicketTableRow from './TicketTableRow.vue'

it('is a link to the ticket, bold until somebody has seen it', () => {
  renderInDesk(TicketTableRow, { row: sampleRow(), isFocused: false })
  expect(screen.getByRole('row').getAttribute('href')).toBe('/tickets/7')
  expect(screen.getByText('Printer is on fire').className).toContain('font-semibold')
})

it('names its assignees', () => {
  renderInDesk(TicketTableRow, {
    row: sampleRow({ _assign: '["anna@x","arne@x"]' }),
    isFocused: false,
  })
  expect(screen.getByText('Anna, Arne')).toBeTruthy()
})
