import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import RelativeTime from './RelativeTime.vue'

const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000 - 60_000).toISOString().slice(0, 19).replace('T', ' ')

it('says how long ago, and exactly when on asking', () => {
  const { container } = renderInDesk(RelativeTime, { value: hoursAgo(3) })
  expect(container.textContent).toMatch(/3 ?h/)
  expect(container.querySelector('[title]')?.getAttribute('title')).toMatch(/day, /)
})
