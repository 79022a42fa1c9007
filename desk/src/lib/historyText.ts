/** The lines of a ticket's history in the reader's words; the server keeps them in English, as data. */
import { referenceOf } from './reference'
import { shippedName } from './shippedNames'
import { __ } from './translate'
import type { HistoryEntry } from '@/types/ticket'

type NameOf = (user: string) => string
const ASSIGNMENT = /^(un)?assigned (\S+@\S+|Administrator)$/

/** Who works on it is told line by line, never folded away. */
export const isAssignment = ({ action }: HistoryEntry): boolean => ASSIGNMENT.test(action)

function fieldOf(label: string): string {
  const FIELDS: Record<string, string> = { status: __('status'), priority: __('priority'), team: __('team'), contact: __('contact'), type: __('type'), category: __('category'), SLA: __('service level') } // prettier-ignore
  return FIELDS[label] ?? label
}

/** Statuses, priorities and types may have come with the app. */
const valueOf = (field: string, value: string) => /^(status|priority|type)$/.test(field) ? shippedName(value) : value // prettier-ignore

/** What somebody did, as the rest of a sentence that begins with their name. */
export function historyText({ action, owner }: HistoryEntry, nameOf: NameOf): string {
  const assignment = ASSIGNMENT.exec(action)
  if (assignment) {
    const [, isTakenOff, user = ''] = assignment
    const who = user === owner ? __('themselves') : nameOf(user)
    return isTakenOff ? __('unassigned {0}', who) : __('assigned {0}', who)
  }
  const change = /^set (.+?) to (.+)$/.exec(action)
  if (change)
    return __('set {0} to {1}', fieldOf(change[1] ?? ''), valueOf(change[1] ?? '', change[2] ?? ''))
  const clearing = /^cleared (.+)$/.exec(action)
  if (clearing) return __('cleared {0}', fieldOf(clearing[1] ?? ''))
  const split = /^split the ticket from #(\d+)$/.exec(action)
  if (split) return __('split the ticket from {0}', referenceOf(split[1] ?? ''))
  const continued = /^continued (in )?ticket #(\d+)$/.exec(action)
  if (continued) {
    const reference = referenceOf(continued[2] ?? '')
    return continued[1] ? __('went on in the new ticket {0}', reference) : __('goes on from ticket {0}', reference) // prettier-ignore
  }
  const closing = /^automatically closed the ticket after (\d+) days? of inactivity$/.exec(action)
  if (closing) return __('automatically closed the ticket; days without a message: {0}', closing[1] ?? '') // prettier-ignore
  return FIXED()[action] ?? action
}

/** The lines that are always the same. */
const FIXED = (): Record<string, string> => ({
  'archived the ticket': __('archived the ticket'),
  'automatically archived the ticket': __('automatically archived the ticket'),
  'restored the ticket from the archive': __('restored the ticket from the archive'),
  'escalated the ticket': __('escalated the ticket'),
  'took the escalation back': __('took the escalation back'),
  'made a link for the requester': __('made a link for the requester'),
  'sent a reply that AI drafted': __('sent a reply that AI drafted'),
  'revoked the links of the requester': __('revoked the links of the requester'),
})
