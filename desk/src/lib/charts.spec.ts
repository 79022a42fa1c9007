import { expect, it } from 'vitest'
import type { Chart } from '@/api/analytics'
import { inWords } from './charts'

it('names what is drawn, and leaves days without ratings blank', () => {
  const chart: Chart = { type: 'axis', title: 'Ratings', data: [{ date: '2026-05-04', rating: 0, rated_tickets: 0 }], xAxis: { key: 'date', type: 'time' }, series: [{ name: 'rating', type: 'line' }] } // prettier-ignore
  expect(inWords(chart)).toMatchObject({
    data: [{ Date: '2026-05-04', Rating: null, 'Rated tickets': 0 }],
    xAxis: { key: 'Date' },
    series: [{ name: 'Rating', type: 'line' }],
  })
})

it('has a name for what is not set', () => {
  const chart = { type: 'pie', title: '', categoryColumn: 'type', valueColumn: 'count', data: [{ type: null, count: 3 }] } as unknown as Chart // prettier-ignore
  expect(inWords(chart)).toMatchObject({ categoryColumn: 'Type', valueColumn: 'Tickets', data: [{ Type: 'Not set', Tickets: 3 }] }) // prettier-ignore
})
