import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import MoveButtons from './MoveButtons.vue'

it('the last one moves up only', async () => {
  const { emitted } = renderInDesk(MoveButtons, { name: 'Open', at: 2, count: 3 })
  expect(screen.getByRole('button', { name: 'Move Open down' }).hasAttribute('disabled')).toBe(true)
  await fireEvent.click(screen.getByRole('button', { name: 'Move Open up' }))
  expect(emitted('move')).toEqual([[-1]])
})
