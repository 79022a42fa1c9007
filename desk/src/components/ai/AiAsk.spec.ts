import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import AiAsk from './AiAsk.vue'

const ASK = 'helpdesk.api.ai.ask'
const shown = () => renderInDesk(AiAsk, { ticket: 7, mayReply: true, isWriting: false })
const field = () => screen.getByRole('textbox', { name: 'Question about this ticket' })

it('asks with Enter, keeps what was answered, and has one made a reply', async () => {
  answers(ASK, { text: 'Yesterday.', sources: [], for_customer: false })
  const { emitted } = shown()
  await userEvent.type(field(), 'Since when?{Enter}')
  expect(await screen.findByText('Yesterday.')).toBeTruthy()
  expect(field()).toHaveProperty('value', '')
  expect(asked.at(-1)?.args).toEqual({ ticket: '7', question: 'Since when?', for_customer: false })
  await userEvent.click(screen.getByRole('button', { name: /Insert as a draft/ }))
  expect(emitted('write')).toEqual([['Since when?']])
})

it('keeps the question when it failed', async () => {
  refuses(ASK, 'The AI service did not answer within 30 seconds.')
  shown()
  expect(screen.getByRole('button', { name: 'Ask' })).toHaveProperty('disabled', true)
  await userEvent.type(field(), 'Since when?')
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }))
  expect((await screen.findByRole('alert')).textContent).toContain('within 30 seconds')
  expect(field()).toHaveProperty('value', 'Since when?')
})

it('can be stopped', async () => {
  answers(ASK, () => new Promise(() => {}))
  shown()
  await userEvent.type(field(), 'Since when?{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: 'Stop' }))
  expect(screen.queryByRole('status')).toBeNull()
  expect(screen.getByRole('button', { name: 'Ask' })).toHaveProperty('disabled', false)
})
