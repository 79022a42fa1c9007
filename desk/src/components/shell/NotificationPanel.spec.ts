import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import NotificationPanel from './NotificationPanel.vue'

it('closes on Esc', async () => {
  const { emitted } = renderInDesk(NotificationPanel)
  await userEvent.keyboard('{Escape}')
  expect(emitted().close).toHaveLength(1)
})
