import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SkeletonRows from './SkeletonRows.vue'

it('says that something is coming, in as many rows as asked for', () => {
  renderInDesk(SkeletonRows, { rows: 3 })
  const status = screen.getByRole('status')
  expect(status.getAttribute('aria-busy')).toBe('true')
  expect(status.textContent).toContain('Loading')
  expect(status.querySelectorAll('.animate-pulse')).toHaveLength(3)
})
