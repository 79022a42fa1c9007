/** Reactions after I chose one: mine replaces the one I had; the same again takes it away. Pure. */
import type { Reaction } from '@/types/ticket'

export function withMine(
  reactions: Reaction[],
  emoji: string,
  me: string,
  name: string,
): Reaction[] {
  const had = reactions.find(({ users }) => users.some(({ user }) => user === me))?.emoji
  const without = reactions.map((one) => ({
    ...one,
    users: one.users.filter(({ user }) => user !== me),
  }))
  if (had !== emoji) {
    const mine = { user: me, full_name: name }
    const same = without.find((one) => one.emoji === emoji)
    if (same) same.users.push(mine)
    else without.push({ emoji, count: 1, users: [mine] })
  }
  return without
    .filter(({ users }) => users.length)
    .map((one) => ({ ...one, count: one.users.length }))
}
