import { describe, expect, it } from 'vitest'
import { relative, span, toMoment } from './dates'

describe('dates from the server', () => {
  it('are moments in the site zone, in summer and in winter', () => {
    expect(toMoment('2026-01-15 12:00:00.123456', 'Europe/Berlin')?.toISOString()).toBe(
      '2026-01-15T11:00:00.000Z',
    )
    expect(toMoment('2026-07-15 12:00:00', 'Europe/Berlin')?.toISOString()).toBe(
      '2026-07-15T10:00:00.000Z',
    )
    expect(toMoment('2026-07-15', 'Asia/Kolkata')?.toISOString()).toBe('2026-07-14T18:30:00.000Z')
  })

  it('change between summer and winter within the hour that clocks do', () => {
    expect(toMoment('2026-03-29 01:59:59', 'Europe/Berlin')?.toISOString()).toBe(
      '2026-03-29T00:59:59.000Z',
    )
    expect(toMoment('2026-03-29 03:00:00', 'Europe/Berlin')?.toISOString()).toBe(
      '2026-03-29T01:00:00.000Z',
    )
    expect(toMoment('2026-10-04 02:30:00', 'Australia/Lord_Howe')?.toISOString()).toBe(
      '2026-10-03T15:30:00.000Z',
    )
  })

  it('are nothing when empty or unreadable', () => {
    expect(toMoment(null)).toBeNull()
    expect(toMoment('soon')).toBeNull()
  })

  it('read as how long ago they were', () => {
    window.timezone = { system: 'UTC', user: 'UTC' }
    const now = new Date('2026-03-02T10:00:00Z')
    expect(relative('2026-03-02 07:00:00', now)).toMatch(/3 hr/)
    expect(relative('2026-03-02 09:59:40', now)).toBe('just now')
  })

  it('give spans in two units', () => {
    expect(span(93_784)).toBe('1d 2h')
    expect(span(59)).toBe('59s')
    expect(span(3600)).toBe('1h')
  })
})
