import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ComposerHeader from './ComposerHeader.vue'

it('says that a comment stays inside, and closes', async () => {
  const { emitted } = renderInDesk(ComposerHeader, { isComment: true })
  expect(screen.getByRole('status').textContent).toContain('Customers never see it')
  await userEvent.click(screen.getByRole('button', { name: /draft is kept/ }))
  expect(emitted('close')).toHaveLength(1)
})

it('says to whom a reply goes, and switches to a comment', async () => {
  const { emitted } = renderInDesk(ComposerHeader, { isComment: false })
  expect(screen.getByRole('status').textContent).toContain('Goes to the customer')
  expect(screen.getByRole('button', { name: 'Reply', pressed: true })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Comment', pressed: false }))
  expect(emitted('open')).toEqual([['comment']])
})
