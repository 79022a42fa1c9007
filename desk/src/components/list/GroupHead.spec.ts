import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleRow } from '@/test/samples'
import GroupHead from './GroupHead.vue'

const OPEN = { name: 'Open', label: 'Open', rows: [sampleRow()], total: 1 }

it('tells whether its rows are shown, and folds them', async () => {
  const { emitted } = renderInDesk(GroupHead, { group: OPEN, isFolded: false })
  const head = screen.getByRole('button', { name: 'Open 1' })
  expect(head.getAttribute('aria-expanded')).toBe('true')
  await userEvent.click(head)
  expect(emitted().toggle).toHaveLength(1)
  expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull()
})

it('counts also what is not loaded, and leads there', async () => {
  const { emitted } = renderInDesk(GroupHead, { group: { ...OPEN, total: 57 }, isFolded: true })
  expect(screen.getByRole('button', { name: 'Open 57' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }))
  expect(emitted().narrow).toHaveLength(1)
})
