/** How calls are spoken of. */
import { withoutTags } from './html'
import { __ } from './translate'
import type { CallParty, LiveCall } from '@/types/calls'
import type { CallEntry } from '@/types/ticket'

/** What a call is doing, in words. */
export function phaseText({ phase, medium, isIncoming, startedAt }: LiveCall): string {
  if (phase === 'ringing') return __('Incoming call')
  if (phase === 'dialling') return medium === 'Exotel' ? __('Your phone rings first …') : __('Calling …') // prettier-ignore
  if (phase === 'active') return __('In the call')
  if (startedAt === null) return isIncoming ? __('Missed') : __('Not answered')
  return __('Ended')
}

/** How a call may have ended. */
export const STATUSES = ['Completed', 'No Answer', 'Busy', 'Failed', 'Canceled']

/** A status of the log in words. */
export function statusText(status: string): string {
  const words: Record<string, string> = {
    Initiated: __('Initiated'),
    Queued: __('Queued'),
    Ringing: __('Ringing'),
    'In Progress': __('In progress'),
    Completed: __('Completed'),
    'No Answer': __('No answer'),
    Busy: __('Busy'),
    Failed: __('Failed'),
    Canceled: __('Canceled'),
  }
  return words[status] ?? __(status)
}

/** A note as text, with its line breaks. */
export function noteText(html: string): string {
  const parsed = new DOMParser().parseFromString(withoutTags(html), 'text/html')
  return parsed.body.textContent ?? ''
}

type Told = Pick<CallEntry, 'from' | 'to' | '_caller' | '_receiver'>

/** Who called whom: by name, else by number. */
export function partiesText(call: Told): string {
  const caller = nameOf(call._caller, call.from)
  const receiver = nameOf(call._receiver, call.to)
  return receiver ? __('{0} called {1}', caller, receiver) : caller
}

/** The server says Unknown of whom it does not know. */
export function nameOf(party: CallParty | undefined, number: string | null | undefined): string {
  const label = party?.label
  return !label || label === 'Unknown' ? number || __('Unknown') : label
}

/** The words for a value of the list of calls: who was at either end, how long it took. */
export function callWords(row: Record<string, unknown>, key: string): string | undefined {
  const call = row as Partial<CallEntry>
  if (key === 'caller' && call._caller) return nameOf(call._caller, call.from)
  if (key === 'receiver' && call._receiver) return nameOf(call._receiver, call.to)
  return key === 'duration' ? call._duration : undefined
}
