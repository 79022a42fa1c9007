/** Spans of days for the dashboard, as two dates. Pure. */
function iso(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** The last so many days up to and including `today`; 1 is today alone. */
export function lastDays(days: number, today: Date): { from_date: string; to_date: string } {
  const from = new Date(today)
  from.setDate(today.getDate() - days + 1)
  return { from_date: iso(from), to_date: iso(today) }
}
