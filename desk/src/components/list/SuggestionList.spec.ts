import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SuggestionList from './SuggestionList.vue'

it('marks the one that Enter means, and takes a click', async () => {
  const word = (label: string) => ({ word: label, label, hint: '', isWhole: true })
  const suggestions = [word('Open'), word('Closed')]
  const { emitted } = renderInDesk(SuggestionList, { id: 's', at: 1, suggestions })
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('Closed')
  await userEvent.click(screen.getByText('Open'))
  expect(emitted().choose).toEqual([[suggestions[0]]])
})
