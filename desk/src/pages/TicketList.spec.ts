import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { answerList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import TicketList from './TicketList.vue'

it('lists tickets, and links each with its page', async () => {
  answerList({ total_count: 1 })
  renderInDesk(TicketList)
  const link = await screen.findByRole('link', { name: 'Printer is on fire' })
  expect(link.getAttribute('href')).toBe('/tickets/7')
  expect(screen.getByText('1 of 1')).toBeTruthy()
})
