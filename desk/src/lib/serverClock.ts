/** The present moment by the server's clock, which counts for promises; a reader's own may be wrong by hours. */

/** An answer tells its second, and takes a moment to come: what is nearer than this is the same time. */
const SAME_MS = 5_000
let ahead = 0

/** Learn from the `Date` header of an answer that was just made, or forget with null. */
export function learnServerTime(header: string | null, now = Date.now()): void {
  const said = header ? Date.parse(header) : now
  if (Number.isNaN(said)) return
  ahead = Math.abs(said - now) > SAME_MS ? said - now : 0
}
export const serverNow = (): Date => new Date(Date.now() + ahead)
