import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { answers, asked } from '@/test/server'
import { useNeighbours } from './useNeighbours'

it('knows the ticket before and after in the view', async () => {
  answers('helpdesk.helpdesk.doctype.hd_ticket.api.get_navigation_tickets', [9, 7, 3])
  const { previous, next } = effectScope().run(() => useNeighbours(7, 'v1')) as ReturnType<
    typeof useNeighbours
  >
  await vi.waitFor(() => expect(previous.value).toBe('9'))
  expect(next.value).toBe('3')
  expect(asked[0]?.args).toEqual({ ticket: '7', current_view: 'v1' })
})
