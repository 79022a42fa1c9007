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
