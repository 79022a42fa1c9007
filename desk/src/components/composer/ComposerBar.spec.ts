import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ComposerBar from './ComposerBar.vue'

it('offers the two ways to write', async () => {
  const { emitted } = renderInDesk(ComposerBar, { typing: [] })
  await userEvent.click(screen.getByRole('button', { name: 'Comment' }))
  await userEvent.click(screen.getByRole('button', { name: 'Reply' }))
  expect(emitted('open')).toEqual([['comment'], ['reply']])
  expect(screen.queryByRole('status')).toBeNull()
})

it('names who writes elsewhere', () => {
  renderInDesk(ComposerBar, { typing: ['arne@x', 'mona@x'] })
  expect(screen.getByRole('status').textContent?.trim()).toBe('arne@x, mona@x is typing…')
})

it('reminds of what was begun and left', () => {
  renderInDesk(ComposerBar, { typing: [], unsent: ['reply'] })
  expect(screen.getByText('A reply is not sent yet')).toBeTruthy()
})
