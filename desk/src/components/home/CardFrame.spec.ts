import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import CardFrame from './CardFrame.vue'

it('moves, widens and removes its card, by buttons with names', async () => {
  const { emitted } = renderInDesk(CardFrame, { title: 'Reviews', isFirst: true, isLast: false })
  const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))
  await press('Move Reviews forward')
  await press('Move Reviews back')
  await press('Change the width of Reviews')
  await press('Remove Reviews')
  expect(emitted()).toMatchObject({ move: [[1]], widen: [[]], remove: [[]] })
})
