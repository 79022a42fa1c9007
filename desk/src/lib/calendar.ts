/** Months as calendars show them. Dates are `YYYY-MM-DD`; weeks begin on Monday. Pure. */
export interface Month {
  /** `YYYY-MM`. */
  key: string
  /** Days before the first that belong to another month. */
  blanks: number
  days: string[]
}
const pad = (number: number) => String(number).padStart(2, '0')

/** The month `offset` months after the one of a date. */
export function monthFrom(date: string, offset: number): Month {
  const [year = 1970, month = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + offset, 1))
  const key = `${first.getUTCFullYear()}-${pad(first.getUTCMonth() + 1)}`
  const count = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const days = Array.from({ length: count }, (_, at) => `${key}-${pad(at + 1)}`)
  return { key, blanks: (first.getUTCDay() + 6) % 7, days }
}

/** How many months a range touches. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number)
  return Math.max(0, (toYear - fromYear) * 12 + toMonth - fromMonth + 1)
}
