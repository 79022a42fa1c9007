import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import NotificationMatrix from './NotificationMatrix.vue'

const ROW = { notification_type: 'Mention', in_app: true, email: true, is_own: false, is_locked: true } // prettier-ignore

it('shows what managers have fixed, and lets nobody else turn it', async () => {
  const { emitted } = renderInDesk(NotificationMatrix, { rows: [ROW], forEverybody: false })
  expect(screen.getByText('Your managers have fixed this for everybody.')).toBeTruthy()
  await userEvent.click(screen.getByRole('switch', { name: 'Mentions: by mail' }))
  expect(emitted('choose')).toBeUndefined()
  expect(screen.queryByRole('switch', { name: 'Mentions: fixed for everybody' })).toBeNull()
})

it('lets managers loosen what is fixed', async () => {
  const { emitted } = renderInDesk(NotificationMatrix, { rows: [ROW], forEverybody: true })
  await userEvent.click(screen.getByRole('switch', { name: 'Mentions: fixed for everybody' }))
  await userEvent.click(screen.getByRole('switch', { name: 'Mentions: in the desk' }))
  expect(emitted('choose')).toEqual([[ROW, { is_locked: false }], [ROW, { in_app: false }]]) // prettier-ignore
})
