import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import { useTheme } from '@/composables/useTheme'
import ThemeCards from './ThemeCards.vue'

it('a chosen theme holds at once', async () => {
  const { choice, choose } = useTheme()
  choose('light')
  renderInDesk(ThemeCards)
  await fireEvent.click(screen.getByRole('radio', { name: 'Dark' }))
  expect(choice.value).toBe('dark')
  choose('light')
})
