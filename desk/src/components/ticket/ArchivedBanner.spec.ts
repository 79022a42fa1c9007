import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import ArchivedBanner from './ArchivedBanner.vue'

const RESTORE = 'helpdesk.api.ticket.restore'

it('says that it is archived, and brings it back', async () => {
  answers(RESTORE, null)
  const { emitted } = renderInDesk(ArchivedBanner, { ticket: 7 })
  expect(screen.getByRole('status').textContent).toContain('archived')
  await userEvent.click(screen.getByRole('button', { name: 'Restore' }))
  await vi.waitFor(() => expect(emitted('restored')).toHaveLength(1))
  expect(asked).toEqual([{ method: RESTORE, args: { ticket: '7' } }])
})

it('says nothing is restored where the server refuses', async () => {
  refuses(RESTORE, 'No')
  const { emitted } = renderInDesk(ArchivedBanner, { ticket: 7 })
  await userEvent.click(screen.getByRole('button', { name: 'Restore' }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(emitted('restored')).toBeUndefined()
})
