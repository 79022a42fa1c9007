import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { ask } from '@/composables/useQuestion'
import { renderInDesk } from '@/test/render'
import QuestionDialog from './QuestionDialog.vue'

const leave = { title: 'Leave?', message: 'It will be lost.', yes: 'Leave' }

it.each([
  ['Leave', true],
  ['Cancel', false],
  ['Close', false],
])('answers with the button %s', async (name, isYes) => {
  renderInDesk(QuestionDialog)
  const answer = ask(leave)
  expect(await screen.findByRole('dialog', { name: 'Leave?' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name }))
  expect(await answer).toBe(isYes)
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('takes Escape as a no', async () => {
  renderInDesk(QuestionDialog)
  const answer = ask(leave)
  await screen.findByRole('dialog', { name: 'Leave?' })
  await userEvent.keyboard('{Escape}')
  expect(await answer).toBe(false)
})
