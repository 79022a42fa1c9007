/** Days of a holiday list: weekdays that come again, and adding days without doubling them. Dates as `2026-01-31`. Pure. */
export interface Holiday {
  holiday_date: string
  description?: string
  weekly_off?: 0 | 1
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
/** 0 for every one; 1 to 5 for the first to fifth of the month. */
export type Which = 0 | 1 | 2 | 3 | 4 | 5

/** The dates from `start` to `end`, both included, that fall on a weekday: every one, or the nth of its month. */
export function recurring(start: string, end: string, weekday: string, which: Which): string[] {
  const found: string[] = []
  const last = Date.parse(`${end}T00:00:00Z`)
  for (let at = Date.parse(`${start}T00:00:00Z`); at <= last; at += 86_400_000) {
    const day = new Date(at)
    const nth = Math.ceil(day.getUTCDate() / 7)
    const isWanted = DAYS[day.getUTCDay()] === weekday && (which === 0 || nth === which)
    if (isWanted) found.push(day.toISOString().slice(0, 10))
  }
  return found
}

/** Both lists in the order of the calendar; what is there already stays as it is. */
export function merge<T extends { holiday_date?: unknown }>(rows: T[], added: T[]): T[] {
  const known = new Set(rows.map((row) => row.holiday_date))
  const all = [...rows, ...added.filter((row) => !known.has(row.holiday_date))]
  return all.sort((a, b) => String(a.holiday_date).localeCompare(String(b.holiday_date)))
}
