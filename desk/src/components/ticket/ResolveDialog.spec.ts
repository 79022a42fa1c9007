import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import type { DeskConfig } from '@/api/session'
import ResolveDialog from './ResolveDialog.vue'

const about = { modelValue: true, ticket: sampleTicket(), status: 'Resolved' }

it('resolves without a word where none is wanted', async () => {
  answers('helpdesk.api.ticket.resolve', null)
  const { emitted } = renderInDesk(ResolveDialog, about)
  await userEvent.selectOptions(await screen.findByLabelText('Rating by the customer'), '4')
  await userEvent.click(screen.getByRole('button', { name: 'Resolve' }))
  await waitFor(() => expect(emitted('done')).toHaveLength(1))
  expect(asked.at(-1)?.args).toEqual({ ticket: '7', status: 'Resolved', notify: false, rating: 4 })
})

it('waits for the details where the settings want them', async () => {
  useSession().config = { require_resolution_details: 1 } as DeskConfig
  renderInDesk(ResolveDialog, about)
  const button = await screen.findByRole('button', { name: 'Resolve' })
  expect(button).toHaveProperty('disabled', true)
})
