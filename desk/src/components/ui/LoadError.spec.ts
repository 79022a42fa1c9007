import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import LoadError from './LoadError.vue'

it('offers to try again', async () => {
  const { emitted } = renderInDesk(LoadError, { message: 'The server sleeps' })
  expect(screen.getByText('The server sleeps')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(emitted().retry).toHaveLength(1)
})
