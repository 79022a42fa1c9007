import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SearchPill from './SearchPill.vue'

it('is changed by a click, taken out by its cross, and says what is wrong', async () => {
  const pill = { key: 'k', text: 'colour:red', title: 'There is no colour', isWrong: true }
  const { emitted } = renderInDesk(SearchPill, { pill })
  expect(screen.getByRole('alert').textContent).toContain('There is no colour')
  await userEvent.click(screen.getByText(/colour:red/))
  await userEvent.click(screen.getByRole('button', { name: 'Remove colour:red' }))
  expect([emitted().edit?.length, emitted().remove?.length]).toEqual([1, 1])
})
