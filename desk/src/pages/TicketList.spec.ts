import { nextTick } from 'vue'
import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { answerList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { useKeptOperation } from '@/lib/keptOperation'
import TicketList from './TicketList.vue'

it('lists tickets, and links each with its page', async () => {
  answerList({ total_count: 1 })
  renderInDesk(TicketList)
  const link = await screen.findByRole('link', { name: 'Printer is on fire' })
  expect(link.getAttribute('href')).toBe('/tickets/7')
  expect(screen.getByText('1 of 1')).toBeTruthy()
})

it('goes on telling how far work is that was begun before', async () => {
  answerList({ total_count: 1 })
  const now = { status: 'Running', total: 300, done: 120, failed: 0, failures: [], file: null }
  answers('helpdesk.api.bulk.get_outcome', { operation: 'op', action: 'update', ...now })
  useKeptOperation().value = 'op'
  await nextTick()
  renderInDesk(TicketList)
  expect(await screen.findByText('120 of 300 done')).toBeTruthy()
})
