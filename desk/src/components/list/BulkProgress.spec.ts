import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import BulkProgress from './BulkProgress.vue'

it('says how many are done', () => {
  renderInDesk(BulkProgress, { done: 20, total: 60 })
  expect(screen.getByText('20 of 60 done')).toBeTruthy()
  expect(screen.getByRole('progressbar', { name: 'Progress' })).toHaveProperty('position', 20 / 60)
})
