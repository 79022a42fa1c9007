import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import PageHeader from './PageHeader.vue'

it('is the heading of its page', () => {
  renderInDesk(PageHeader, { title: 'Contacts' })
  expect(screen.getByRole('heading', { level: 1, name: 'Contacts' })).toBeTruthy()
})
