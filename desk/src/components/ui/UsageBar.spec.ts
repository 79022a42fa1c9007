import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import UsageBar from './UsageBar.vue'

it('never draws more than all', () => {
  renderInDesk(UsageBar, { share: 1.7, tone: 'red', label: 'Time used' })
  expect(screen.getByRole('meter', { name: 'Time used' }).getAttribute('aria-valuenow')).toBe('100')
})
