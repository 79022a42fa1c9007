import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import PendingCard from './PendingCard.vue'

it('asks for what its tabs are called on the server', async () => {
  answers('helpdesk.api.agent_home.agent_home.get_pending_tickets', { tickets: [], total_pending_tickets: 0 }) // prettier-ignore
  renderInDesk(PendingCard)
  for (const name of ['Waiting', 'New']) await fireEvent.click(screen.getByRole('tab', { name }))
  await waitFor(() => expect(asked.map(({ args }) => args.ticket_type)).toEqual(['upcoming_sla', 'pending', 'new_tickets'])) // prettier-ignore
  expect(screen.getByText('Nothing waits for you')).toBeTruthy()
})
