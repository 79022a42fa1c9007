/** Spans of days for the dashboard, as two dates. Pure. */
/** A day as the server writes it. */
export function isoDay(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** The last so many days up to and including `today`; 1 is today alone. */
export function lastDays(days: number, today: Date): { from_date: string; to_date: string } {
  const from = new Date(today)
  from.setDate(today.getDate() - days + 1)
  return { from_date: isoDay(from), to_date: isoDay(today) }
}
