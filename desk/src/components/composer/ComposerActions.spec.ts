import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ComposerActions from './ComposerActions.vue'

const idle = { isComment: false, isSending: false, canSend: true }

it('sends, and offers to send with a status only where there are statuses', async () => {
  const { emitted, rerender } = renderInDesk(ComposerActions, idle)
  await userEvent.click(screen.getByRole('button', { name: 'Send reply' }))
  expect(emitted().send).toEqual([[undefined]])
  expect(screen.queryByRole('button', { name: 'Send and change the status' })).toBeNull()
  await rerender({ ...idle, statuses: [{ name: 'Resolved', label: 'Resolved' }] })
  await userEvent.click(screen.getByRole('button', { name: 'Send and change the status' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Send and set to Resolved' }))
  expect(emitted().send?.at(-1)).toEqual(['Resolved'])
})

it('sends by the large button as last time, and plainly by the menu', async () => {
  const statuses = [{ name: 'Resolved', label: 'Done' }]
  const { emitted } = renderInDesk(ComposerActions, { ...idle, statuses, ending: statuses[0] })
  await userEvent.click(screen.getByRole('button', { name: 'Send and set to Done' }))
  await userEvent.click(screen.getByRole('button', { name: 'Send and change the status' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Send reply' }))
  expect(emitted().send).toEqual([['Resolved'], []])
})

it('does not send twice or nothing', () => {
  renderInDesk(ComposerActions, { ...idle, canSend: false })
  expect(screen.getByRole('button', { name: 'Send reply' })).toHaveProperty('disabled', true)
})
