/**
 * Dates as the server writes them – naive, in the site's time zone – turned into moments and into words.
 */
import type { ServerDate } from '@/types/ticket'
import { __ } from './translate'

/** Make each formatter once: that costs the browser far more than to use it, and a list has a hundred dates. */
function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
const wallClock = once(
  (zone: string) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
)
const ago = once(
  (lang: string) => new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'short' }),
)
const inFull = once(
  (lang: string) => new Intl.DateTimeFormat(lang, { dateStyle: 'full', timeStyle: 'short' }),
)
const language = () => window.lang ?? 'en'

/** Clocks are put forward and back at a quarter of an hour, nowhere in between. */
const QUARTER = 15 * 60_000
const offsetsOf = once((zone: string) =>
  once((quarter: number) => {
    const moment = quarter * QUARTER
    const parts = Object.fromEntries(
      wallClock(zone)
        .formatToParts(moment)
        .map((part) => [part.type, Number(part.value)]),
    )
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - moment
  }),
)

/** Milliseconds that `zone` is ahead of UTC at a moment. */
function offsetMs(moment: number, zone: string): number {
  return offsetsOf(zone)(Math.floor(moment / QUARTER))
}

export function siteZone(): string {
  return window.timezone?.system ?? 'UTC'
}

/** The moment a server date stands for; null for an empty or unreadable one. */
export function toMoment(value: ServerDate | null | undefined, zone = siteZone()): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2}))?/.exec(value ?? '')
  if (!match) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  const guess = wall - offsetMs(wall, zone)
  return new Date(wall - offsetMs(guess, zone))
}

/** A moment as the server writes it. */
export function toServerDate(moment: Date, zone = siteZone()): ServerDate {
  const wall = new Date(moment.getTime() + offsetMs(moment.getTime(), zone))
  return wall.toISOString().slice(0, 19).replace('T', ' ')
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86400],
  ['month', 30 * 86400],
  ['week', 7 * 86400],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
]

/** "3 hours ago", "in 2 days", "now". */
export function relative(value: ServerDate | null | undefined, now: Date): string {
  const moment = toMoment(value)
  if (!moment) return ''
  const seconds = Math.round((moment.getTime() - now.getTime()) / 1000)
  const words = ago(language())
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit)
  }
  return __('just now')
}

/** The full date and time, in the reader's own zone and language. */
export function absolute(value: ServerDate | null | undefined): string {
  const moment = toMoment(value)
  return moment ? inFull(language()).format(moment) : ''
}

/** The date and time in short, in the reader's own zone and language. */
export function brief(value: ServerDate | null | undefined): string {
  const moment = toMoment(value)
  if (!moment) return ''
  return new Intl.DateTimeFormat(window.lang ?? 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(moment)
}

/** The date alone, in the reader's own zone and language. */
export function day(value: ServerDate | null | undefined): string {
  const moment = toMoment(value)
  return moment ? new Intl.DateTimeFormat(window.lang ?? 'en', { dateStyle: 'medium' }).format(moment) : '' // prettier-ignore
}

/** A span in its two largest units: "2d 3h", "5m"; seconds only below a minute. */
export function span(seconds: number): string {
  const total = Math.max(0, Math.round(seconds))
  const parts: [number, string][] = [
    [Math.floor(total / 86400), 'd'],
    [Math.floor((total % 86400) / 3600), 'h'],
    [Math.floor((total % 3600) / 60), 'm'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  if (first < 0) return `${total}s`
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(' ')
}
