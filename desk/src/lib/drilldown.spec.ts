import { expect, it } from 'vitest'
import type { Chart } from '@/api/analytics'
import { listAddress, ticketsOf, ticketsOfCard, ticketsOfRow } from './drilldown'

const MAY = { from_date: '2026-05-01', to_date: '2026-05-31' }
const created = ['creation', 'between', ['2026-05-01', '2026-05-31']]
const pie = (categoryColumn: string): Chart => ({
  type: 'pie',
  title: '',
  data: [],
  categoryColumn,
})

it('keeps period, team and agent', () => {
  expect(ticketsOf({ ...MAY, team: 'Billing', agent: 'anna@x' })).toEqual([created, ['agent_group', '=', 'Billing'], ['_assign', 'like', '%anna@x%']]) // prettier-ignore
})

it('a card leads to the tickets it counts', () => {
  expect(ticketsOfCard(0, MAY)).toEqual([created])
  expect(ticketsOfCard(3, MAY)).toEqual([created, ['status_category', '=', 'Resolved']])
  expect(ticketsOfCard(4, MAY)).toEqual([['resolution_date', 'between', ['2026-05-01', '2026-05-31']], ['feedback_rating', '>', 0]]) // prettier-ignore
})

it('a slice leads to its tickets, and one without a field to nothing', () => {
  expect(ticketsOfRow(pie('team'), { team: 'Billing', count: 3 }, MAY)).toEqual([created, ['agent_group', '=', 'Billing']]) // prettier-ignore
  expect(ticketsOfRow(pie('team'), { team: 'No Team', count: 3 }, MAY)).toEqual([created, ['agent_group', 'is', 'not set']]) // prettier-ignore
  expect(ticketsOfRow(pie('category'), { category: 'No Category', count: 3 }, MAY)).toEqual([created, ['category', 'is', 'not set']]) // prettier-ignore
  expect(ticketsOfRow(pie('category'), { category: 'Billing', count: 3 }, MAY)).toEqual([created, ['category', '=', 'Billing']]) // prettier-ignore
  expect(ticketsOfRow(pie('type'), { type: null, count: 3 }, MAY)).toEqual([created, ['ticket_type', 'is', 'not set']]) // prettier-ignore
  expect(ticketsOfRow(pie('channel'), { channel: 'Email', count: 3 }, MAY)).toEqual([created, ['via_customer_portal', '=', 0]]) // prettier-ignore
  expect(ticketsOfRow(pie('mood'), { mood: 'good', count: 3 }, MAY)).toBeNull()
})

it('a day leads to that day alone', () => {
  const trend: Chart = { type: 'axis', title: '', data: [] }
  expect(ticketsOfRow(trend, { date: '2026-05-04', open: 1 }, { ...MAY, team: 'Billing' })).toEqual([['creation', 'between', ['2026-05-04', '2026-05-04']], ['agent_group', '=', 'Billing']]) // prettier-ignore
})

it('a number of a day leads to what it counts', () => {
  const trend: Chart = { type: 'axis', title: '', data: [] }
  const day = ['creation', 'between', ['2026-05-04', '2026-05-04']]
  expect(ticketsOfRow(trend, { date: '2026-05-04', closed: 1 }, MAY, 'closed')).toEqual([day, ['status_category', '=', 'Resolved']]) // prettier-ignore
  expect(ticketsOfRow(trend, { date: '2026-05-04', rating: 5, rated_tickets: 1 }, MAY, 'rating')).toEqual([['resolution_date', 'between', ['2026-05-04', '2026-05-04']], ['feedback_rating', '>', 0]]) // prettier-ignore
})

it('the list reads its conditions from the address', () => {
  expect(listAddress([['priority', '=', 'High']])).toEqual({ path: '/tickets', query: { filters: '[["priority","=","High"]]' } }) // prettier-ignore
})
