import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SolvedQuestion from './SolvedQuestion.vue'

it('hears yes and no', async () => {
  const { emitted } = renderInDesk(SolvedQuestion)
  await userEvent.click(screen.getByRole('button', { name: 'Yes, close it' }))
  await userEvent.click(screen.getByRole('button', { name: 'Not yet' }))
  expect([emitted('yes'), emitted('no')]).toEqual([[[]], [[]]])
})

it('says when it closes by itself', () => {
  renderInDesk(SolvedQuestion, { closesOn: '2026-03-09 12:00:00' })
  expect(screen.getByText('If we hear nothing, it closes by itself on Mar 9, 2026.')).toBeTruthy()
})
