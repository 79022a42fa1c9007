/** Calls: how one telephones, the call of this moment, and what the log keeps. */
import type { CallEntry } from './ticket'

/** What connects a call. */
export type Medium = 'Twilio' | 'Exotel'

export interface CallParty {
  label?: string
  image?: string | null
  /** The contact behind a number. */
  contact?: string | null
}

export interface CallNote {
  content: string
  by: string
  creation: string
}

/** Ringing comes in, dialling goes out. */
export type CallPhase = 'ringing' | 'dialling' | 'active' | 'ended'

/** The call of this moment. */
export interface LiveCall {
  /** Its name in the log, once that is known. */
  id: string | null
  medium: Medium
  isIncoming: boolean
  number: string
  party: CallParty | null
  ticket: string | null
  phase: CallPhase
  /** In milliseconds. */
  startedAt: number | null
  endedAt: number | null
  isMuted: boolean
}

export interface CallDetails {
  call: CallEntry & {
    telephony_medium: string | null
    start_time: string | null
    end_time: string | null
  }
  tickets: { name: string; subject: string }[]
}

/** A call logged by hand; times are the site's. */
export interface HandLoggedCall {
  type: 'Incoming' | 'Outgoing'
  number: string
  status: string
  start_time?: string
  /** In seconds. */
  duration: number
  ticket?: string
  note?: string
}

/** What Exotel reports of a call, in its own names. */
export interface ExotelReport {
  CallSid: string
  Direction?: string
  EventType?: string
  Status?: string
  DialCallStatus?: string
  CallType?: string
  CallFrom?: string
  From?: string
  To?: string
  /** Whom it rings. */
  AgentEmail?: string
  Legs?: { Status?: string }[]
}
