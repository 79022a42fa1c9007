import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import BulkOutcome from './BulkOutcome.vue'

it('lists what was refused, and why', async () => {
  renderInDesk(BulkOutcome, { failures: [{ name: 7, error: 'It was <b>merged</b>' }] })
  expect(await screen.findByText(/It was merged/)).toBeTruthy()
  expect(screen.getByRole('link', { name: '#7' })).toBeTruthy()
})

it('lists as many as can be read, and counts the others', async () => {
  const failures = Array.from({ length: 205 }, (_, name) => ({ name, error: 'No' }))
  renderInDesk(BulkOutcome, { failures })
  expect(await screen.findByText('And 5 more')).toBeTruthy()
  expect(screen.getAllByRole('link')).toHaveLength(200)
})
