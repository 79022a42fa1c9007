/** The `_assign` column: a JSON list of user ids, or nothing. */
export function assigneesOf(value: string | null | undefined): string[] {
  if (!value) return []
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed.map(String) : []
  } catch {
    return []
  }
}

/** The column with one more person on it. */
export function withAssignee(value: unknown, user: string): string {
  const now = assigneesOf(typeof value === 'string' ? value : null)
  return JSON.stringify(now.includes(user) ? now : [...now, user])
}
