import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked, refuses } from '@/test/server'
import AiSummary from './AiSummary.vue'

const KEPT = 'helpdesk.api.ai.get_summary'
const MADE = 'helpdesk.api.ai.summary'
const summary = (text: string) => ({ text, created: '2026-03-02 09:00:00' })
const shown = () => renderInDesk(AiSummary, { ticket: sampleTicket() })

it('shows what was written before, says that it may be wrong, and writes it again', async () => {
  answers(KEPT, summary('The <b>printer</b> burns.'))
  answers(MADE, summary('It still burns.'))
  shown()
  expect(await screen.findByText('The <b>printer</b> burns.')).toBeTruthy()
  expect(screen.getByText(/may be wrong/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Summarize again' }))
  expect(await screen.findByText('It still burns.')).toBeTruthy()
  expect(asked.at(-1)).toEqual({ method: MADE, args: { ticket: '7', anew: true } })
})

it('asks nobody until somebody wants it, and says why there is none', async () => {
  answers(KEPT, null)
  refuses(MADE, 'The AI service cannot be reached.')
  shown()
  await userEvent.click(await screen.findByRole('button', { name: 'Summarize' }))
  expect((await screen.findByRole('alert')).textContent).toBe('The AI service cannot be reached.')
  expect(screen.getByRole('button', { name: 'Summarize' })).toBeTruthy()
  expect(asked.map(({ method }) => method)).toEqual([KEPT, MADE])
})

it('looks again when the ticket has changed', async () => {
  answers(KEPT, summary('The printer burns.'))
  const { rerender } = shown()
  await screen.findByText('The printer burns.')
  answers(KEPT, null)
  await rerender({ ticket: sampleTicket({ modified: '2026-03-02 10:00:00' }) })
  expect(await screen.findByRole('button', { name: 'Summarize' })).toBeTruthy()
})
