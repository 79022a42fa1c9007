import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers } from '@/test/server'
import AiSuggestions from './AiSuggestions.vue'

const SUGGEST = 'helpdesk.api.ai.suggested_actions'
const urgent = { action: 'set_priority', value: 'Urgent', label: 'Urgent', reason: 'It burns.' }

it('offers each suggestion with its reason, and hands it on', async () => {
  answers(SUGGEST, [urgent])
  const { emitted } = renderInDesk(AiSuggestions, { ticket: sampleTicket() })
  await userEvent.click(screen.getByRole('button', { name: 'Suggest what to do' }))
  await userEvent.click(await screen.findByRole('button', { name: /Set the priority to Urgent/ }))
  expect(screen.getByText('It burns.')).toBeTruthy()
  expect(emitted('choose')).toEqual([[urgent]])
})

it('says when there is nothing to do', async () => {
  answers(SUGGEST, [])
  renderInDesk(AiSuggestions, { ticket: sampleTicket() })
  await userEvent.click(screen.getByRole('button', { name: 'Suggest what to do' }))
  expect(await screen.findByText('Nothing to suggest.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Suggest anew' })).toBeTruthy()
})

it('leaves out what has been done meanwhile', async () => {
  answers(SUGGEST, [{ ...urgent, value: 'Low', label: 'Low' }])
  const { rerender } = renderInDesk(AiSuggestions, { ticket: sampleTicket() })
  await userEvent.click(screen.getByRole('button', { name: 'Suggest what to do' }))
  await screen.findByRole('button', { name: /Set the priority to Low/ })
  await rerender({ ticket: sampleTicket({ priority: 'Low' }) })
  expect(screen.queryByRole('button', { name: /Set the priority/ })).toBeNull()
})
