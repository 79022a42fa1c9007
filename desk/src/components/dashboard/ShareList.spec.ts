import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ShareList from './ShareList.vue'

it('each share leads to its tickets; what has none is only told', () => {
  const share = { count: 3, percent: 75, color: '#37a2da' }
  renderInDesk(ShareList, { shares: [{ ...share, label: 'Billing', to: '/tickets?x=1' }, { ...share, label: 'Portal', to: null }] }) // prettier-ignore
  expect(screen.getByRole('link', { name: 'Billing 3 75 %' }).getAttribute('href')).toBe('/tickets?x=1') // prettier-ignore
  expect(screen.queryByRole('link', { name: /Portal/ })).toBeNull()
  expect(screen.getByText('Portal')).toBeTruthy()
})
