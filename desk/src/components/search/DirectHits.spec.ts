import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import DirectHits from './DirectHits.vue'

it('finds a ticket by its number', async () => {
  answers('frappe.client.get_list', [
    {
      name: 7,
      subject: 'Fire',
      status: 'Open',
      customer: 'Acme',
      raised_by: 'c@x',
      modified: '2026-03-02 08:00:00',
    },
  ])
  renderInDesk(DirectHits, { query: '#7' })
  expect((await screen.findByRole('link', { name: /Fire/ })).getAttribute('href')).toBe(
    '/tickets/7',
  )
  expect(JSON.parse(String(asked[0]?.args.or_filters))).toEqual([['name', '=', '7']])
})
