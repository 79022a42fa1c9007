import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import AiAnswer from './AiAnswer.vue'

const sources = [{ mark: 'S1', kind: 'article', name: 'a1', title: 'Paper jams' }]
const answer = { text: 'Open <img src=x> the lid [S1].', sources, for_customer: false }
const props = { question: 'How?', answer, mayReply: true, isWriting: false }

it('is text, with its sources as links', () => {
  const { container } = renderInDesk(AiAnswer, props)
  expect(screen.getByText(/Open <img src=x> the lid/)).toBeTruthy()
  expect(container.querySelector('img')).toBeNull()
  expect(screen.getByRole('link', { name: '[S1]' }).getAttribute('href')).toBe('/kb/articles/a1')
  expect(screen.getByRole('link', { name: 'Paper jams' })).toBeTruthy()
})

it('is copied, and becomes a draft', async () => {
  const writeText = vi.fn().mockResolvedValue(undefined)
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
  const { emitted } = renderInDesk(AiAnswer, props)
  await userEvent.click(screen.getByRole('button', { name: /^Copy/ }))
  await userEvent.click(screen.getByRole('button', { name: /Insert as a draft/ }))
  vi.unstubAllGlobals()
  expect(writeText).toHaveBeenCalledWith(answer.text)
  expect(emitted('write')).toHaveLength(1)
})

it('becomes no draft where nobody may answer', () => {
  renderInDesk(AiAnswer, { ...props, mayReply: false })
  expect(screen.queryByRole('button', { name: /Insert as a draft/ })).toBeNull()
})
