import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import BulkOutcome from './BulkOutcome.vue'

it('lists what was refused, and why: each reason once', async () => {
  const merged = (name: number) => ({ name, error: 'It was <b>merged</b>' })
  renderInDesk(BulkOutcome, { failures: [merged(7), { name: 8, error: 'No' }, merged(9)] })
  expect(await screen.findAllByText('It was merged')).toHaveLength(1)
  expect(screen.getAllByRole('listitem').map((item) => item.querySelectorAll('a').length)).toEqual([2, 1]) // prettier-ignore
  expect(screen.getByRole('link', { name: '#7' }).getAttribute('href')).toBe('/tickets/7')
})

it('lists as many as can be read, and counts the others', async () => {
  const failures = Array.from({ length: 205 }, (_, name) => ({ name, error: 'No' }))
  renderInDesk(BulkOutcome, { failures })
  expect(await screen.findByText('And 5 more')).toBeTruthy()
  expect(screen.getAllByRole('link')).toHaveLength(200)
})

it('leads to other records than tickets, too', async () => {
  const failures = [{ name: 'Acme', error: 'It has tickets' }]
  renderInDesk(BulkOutcome, { failures, pathOf: (name: string | number) => `/customers/${name}` })
  const link = await screen.findByRole('link', { name: 'Acme' })
  expect(link.getAttribute('href')).toBe('/customers/Acme')
})
