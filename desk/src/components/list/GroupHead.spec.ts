import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleRow } from '@/test/samples'
import GroupHead from './GroupHead.vue'

it('tells whether its rows are shown, and folds them', async () => {
  const group = { name: 'Open', label: 'Open', rows: [sampleRow()] }
  const { emitted } = renderInDesk(GroupHead, { group, isFolded: false })
  const head = screen.getByRole('button', { name: 'Open 1' })
  expect(head.getAttribute('aria-expanded')).toBe('true')
  await userEvent.click(head)
  expect(emitted().toggle).toHaveLength(1)
})
