/** Saved replies behind a slash: finding what is being typed, and the replies it may mean. Pure. */
import type { SavedReply } from '@/api/composing'
import type { Typed } from '@/types/form'

/** The slash at the beginning of a word before the cursor, with what follows it. */
export function openSlash(before: string): Typed | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}-]*)$/u.exec(before)
  const query = found?.[1]
  return query === undefined ? null : { query, before: query.length + 1, after: 0 }
}

/** At most eight replies: those whose code begins so first, then those whose code or title contains it. */
export function matchingReplies(replies: SavedReply[], query: string): SavedReply[] {
  const wanted = query.toLowerCase()
  const rank = ({ code, title }: SavedReply) => {
    if (code?.startsWith(wanted)) return 0
    return `${code ?? ''} ${title}`.toLowerCase().includes(wanted) ? 1 : 2
  }
  const found = replies.filter((reply) => rank(reply) < 2)
  return found.sort((one, other) => rank(one) - rank(other)).slice(0, 8)
}
