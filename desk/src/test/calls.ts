/** A call of this moment, going out by Twilio. */
import type { LiveCall } from '@/types/calls'

export function liveCall(values: Partial<LiveCall> = {}): LiveCall {
  return {
    id: 's',
    medium: 'Twilio',
    isIncoming: false,
    number: '+4930123456',
    party: null,
    ticket: null,
    phase: 'dialling',
    startedAt: null,
    endedAt: null,
    isMuted: false,
    ...values,
  }
}
