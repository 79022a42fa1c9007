/** Addresses of a reply: reading lists, and whom "reply all" reaches. Pure. */
import type { Communication } from '@/types/ticket'

const ADDRESS = /[^\s<>,;"']+@[^\s<>,;"']+\.[^\s<>,;"']+/g

/** Every address in a text, once each, in order; names around them fall away. */
export function addressesIn(text: string | null | undefined): string[] {
  const found = (text ?? '').match(ADDRESS) ?? []
  return [...new Map(found.map((address) => [address.toLowerCase(), address])).values()]
}

export interface Recipients {
  to: string
  cc: string
}

const join = (addresses: string[]) => addresses.join(', ')

/** Whom an answer to one message goes to; `own` are the help desk's addresses. */
export function recipientsOf(mail: Communication, isAll: boolean, own: string[]): Recipients {
  const ours = new Set(own.map((address) => address.toLowerCase()))
  const others = (list: string[]) => list.filter((address) => !ours.has(address.toLowerCase()))
  const isSent = mail.sent_or_received === 'Sent'
  const to = isSent ? addressesIn(mail.recipients) : addressesIn(mail.sender)
  if (!isAll) return { to: join(to), cc: '' }
  const rest = isSent
    ? addressesIn(mail.cc)
    : others([...addressesIn(mail.recipients), ...addressesIn(mail.cc)])
  const taken = new Set(to.map((address) => address.toLowerCase()))
  return { to: join(to), cc: join(rest.filter((address) => !taken.has(address.toLowerCase()))) }
}
