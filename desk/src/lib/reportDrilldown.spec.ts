import { describe, expect, it } from 'vitest'
import { daysOf, ticketsOfReport, ticketsOfSummary } from './reportDrilldown'

const MAY = { from_date: '2026-05-01', to_date: '2026-05-31' }
const opened = ['opening_date', 'between', ['2026-05-01', '2026-05-31']]
const STATUSES = ['Open', 'On Hold']
const behind = (fieldname: string, row: Record<string, string | number | null>, filters = {}) =>
  ticketsOfReport({ ...MAY, ...filters }, { fieldname }, row, STATUSES)

describe('a number of a report leads to', () => {
  it('the tickets of its group', () => {
    expect(behind('total', { group: 'Bug' }, { priority: 'High' })).toEqual([opened, ['priority', '=', 'High'], ['ticket_type', '=', 'Bug']]) // prettier-ignore
    expect(behind('group', { group: 'Not Specified' })).toEqual([opened, ['ticket_type', 'is', 'not set']]) // prettier-ignore
    expect(behind('group', { group: 'anna@x' }, { based_on: 'Assigned To' })).toEqual([opened, ['_assign', 'like', '%"anna@x"%']]) // prettier-ignore
  })

  it('those in a status, or in a state of their promise', () => {
    expect(behind('on_hold', { group: 'Bug' })?.at(-1)).toEqual(['status', '=', 'On Hold'])
    expect(behind('sla_status_failed', { group: 'Bug' })?.at(-1)).toEqual(['agreement_status', '=', 'Failed']) // prettier-ignore
  })

  it('those of a period, as far as it lies in the time of the report', () => {
    expect(behind('2026-05', { group: 'Bug' }, { from_date: '2026-05-10' })?.[0]).toEqual(['opening_date', 'between', ['2026-05-10', '2026-05-31']]) // prettier-ignore
  })

  it('those of a day, or of some of its hours', () => {
    expect(behind('date', { date: '2026-05-04' })).toEqual([['creation', 'between', ['2026-05-04', '2026-05-04']]]) // prettier-ignore
    expect(behind('from_21', { date: '2026-05-04' })).toEqual([['creation', '>=', '2026-05-04 21:00:00'], ['creation', '<=', '2026-05-04 23:59:59']]) // prettier-ignore
  })

  it('nothing where there is no list', () => {
    expect(behind('score', { group: 'Bug' })).toBeNull()
    expect(behind('passage', { ticket: 4 })).toBeNull()
  })

  it('those of a status of the summary', () => {
    expect(ticketsOfSummary(MAY, 'Open', STATUSES)).toEqual([opened, ['status', '=', 'Open']])
    expect(ticketsOfSummary(MAY, 'Anything', STATUSES)).toBeNull()
  })
})

it('periods begin and end on days', () => {
  expect(daysOf('2026')).toEqual(['2026-01-01', '2026-12-31'])
  expect(daysOf('2026-Q2')).toEqual(['2026-04-01', '2026-06-30'])
  expect(daysOf('2028-02')).toEqual(['2028-02-01', '2028-02-29'])
  expect(daysOf('2026-W01')).toEqual(['2025-12-29', '2026-01-04'])
  expect(daysOf('2026-W53')).toEqual(['2026-12-28', '2027-01-03'])
  expect(daysOf('soon')).toBeNull()
})
