/** The day by which something was promised by hand: how near it is, and days to choose. */
import { siteZone } from './dates'
import { __ } from './translate'

export type Nearness = 'past' | 'today' | 'ahead'
const DAY_MS = 86_400_000

/** A moment's date in the site's zone, as the server writes it. */
export function siteDate(moment: Date, zone = siteZone()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(moment)
}
export function nearness(due: string, now: Date): Nearness {
  const today = siteDate(now)
  if (due.slice(0, 10) === today) return 'today'
  return due.slice(0, 10) < today ? 'past' : 'ahead'
}
/** A day without a time, in the reader's language; it is the same day everywhere. */
export function dayText(due: string): string {
  const [year = 0, month = 1, day = 1] = due.slice(0, 10).split('-').map(Number)
  return new Intl.DateTimeFormat(window.lang ?? 'en', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(Date.UTC(year, month - 1, day)) // prettier-ignore
}
/** Days that are often meant. */
export function proposals(now: Date): { label: string; value: string }[] {
  const later = (days: number) => siteDate(new Date(now.getTime() + days * DAY_MS))
  return [
    { label: __('Today'), value: later(0) },
    { label: __('Tomorrow'), value: later(1) },
    { label: __('Next week'), value: later(7) },
  ]
}
