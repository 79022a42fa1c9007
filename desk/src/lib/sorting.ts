/** The order of a list: `priority desc, modified asc` and its keys. Pure. */
import type { SortKey } from '@/types/list'

export function readOrder(text: string | null | undefined): SortKey[] {
  return (text ?? '').split(',').flatMap((part) => {
    const [field, direction] = part.trim().split(/\s+/)
    if (!field) return []
    return [{ field, direction: direction?.toLowerCase() === 'asc' ? 'asc' : 'desc' }]
  })
}

export function writeOrder(keys: SortKey[]): string {
  return keys.map(({ field, direction }) => `${field} ${direction}`).join(', ')
}

/** A press on a column: sort by it, and the other way at the second press. */
export function pressed(order: string, field: string): string {
  const first = readOrder(order)[0]
  return `${field} ${first?.field === field && first.direction === 'desc' ? 'asc' : 'desc'}`
}
