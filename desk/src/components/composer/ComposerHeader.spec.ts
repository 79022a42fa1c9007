import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ComposerHeader from './ComposerHeader.vue'

it('says that a comment stays inside, and closes', async () => {
  const { emitted } = renderInDesk(ComposerHeader, { isComment: true })
  expect(screen.getByRole('status').textContent).toContain('customers never see it')
  await userEvent.click(screen.getByRole('button', { name: /draft is kept/ }))
  expect(emitted('close')).toHaveLength(1)
})

it('warns of nothing above a reply', () => {
  renderInDesk(ComposerHeader, { isComment: false })
  expect(screen.queryByRole('status')).toBeNull()
})
