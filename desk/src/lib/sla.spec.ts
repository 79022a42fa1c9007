import { beforeEach, describe, expect, it } from 'vitest'
import { firstResponse, resolution } from './sla'

const now = new Date('2026-03-02T10:00:00Z')

describe('the SLA clocks', () => {
  beforeEach(() => {
    window.timezone = { system: 'UTC', user: 'UTC' }
  })

  it('counts down while the promise is ahead', () => {
    const state = firstResponse({ response_by: '2026-03-02 12:30:00' }, now)
    expect(state).toMatchObject({ tone: 'orange', text: 'Due in 2h 30m', short: '2h 30m' })
  })

  it('turns amber when most of the time is used up', () => {
    const ticket = { response_by: '2026-03-02 12:00:00', resolution_by: '2026-03-02 18:00:00' }
    const at = (sla_warning_on: string, answered: string | null = null) => {
      const clock = { ...ticket, sla_warning_on, first_responded_on: answered }
      return [firstResponse(clock, now)?.tone, resolution(clock, now)?.tone]
    }
    expect(at('2026-03-02 10:00:01')).toEqual(['gray', 'gray'])
    expect(at('2026-03-02 10:00:00')).toEqual(['orange', 'gray'])
    expect(at('2026-03-02 16:00:00', '2026-03-02 08:30:00')).toEqual(['green', 'gray'])
    expect(at('2026-03-02 09:59:00', '2026-03-02 08:30:00')).toEqual(['green', 'orange'])
  })

  it('is overdue once the promise has passed', () => {
    expect(resolution({ resolution_by: '2026-03-02 09:00:00' }, now)).toMatchObject({
      tone: 'red',
      text: 'Overdue by 1h',
    })
  })

  it('is fulfilled by an answer in time and failed by a late one', () => {
    const due = '2026-03-02 09:00:00'
    expect(
      firstResponse({ response_by: due, first_responded_on: '2026-03-02 08:59:59' }, now)?.tone,
    ).toBe('green')
    expect(
      firstResponse({ response_by: due, first_responded_on: '2026-03-02 10:00:00' }, now)?.text,
    ).toBe('Failed by 1h')
  })

  it('tells how long a kept promise took, where that was counted', () => {
    const ticket = { response_by: '2026-03-02 09:00:00', first_responded_on: '2026-03-02 08:00:00' }
    expect(firstResponse(ticket, now)?.text).toBe('Fulfilled')
    expect(firstResponse({ ...ticket, first_response_time: 45 }, now)).toMatchObject({ text: 'Fulfilled in 45s', short: 'Fulfilled' }) // prettier-ignore
  })

  it('stands still on hold', () => {
    const ticket = { resolution_by: '2026-03-03 09:00:00', status_category: 'Paused' as const }
    expect(resolution(ticket, now)).toMatchObject({ tone: 'blue', text: 'On hold' })
  })

  it('says nothing without a promise', () => {
    expect(firstResponse({}, now)).toBeNull()
    expect(resolution({ resolution_by: null }, now)).toBeNull()
  })
})
