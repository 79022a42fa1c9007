/** Names between braces in a text, such as `{{ ticket.subject }}`: finding the one that is being typed. Pure. */
import type { Typed, Variable } from '@/types/form'

/** The braces around the cursor, when there are any that are open. */
export function openBraces(before: string, after: string): Typed | null {
  const opening = /\{\{\s*([\w.]*)$/.exec(before)
  if (!opening) return null
  const rest = /^[\w.]*\s*\}\}/.exec(after)
  return { query: opening[1] ?? '', before: opening[0].length, after: rest ? rest[0].length : 0 }
}

/** At most eight names that contain the text, in themselves or in what they stand for. */
export function matchingVariables(variables: Variable[], query: string): Variable[] {
  const wanted = query.toLowerCase()
  return variables
    .filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(wanted))
    .slice(0, 8)
}

/** The names between braces that nothing was put in place of, each once. */
export function gapsIn(html: string): string[] {
  return [...new Set(Array.from(html.matchAll(GAP), ([, name]) => name ?? ''))]
}
export const GAP = /\{\{\s*([\w.]+)\s*\}\}/g
