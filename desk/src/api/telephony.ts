/** The telephony app, where the site has it: by what one may call, calling, and the log of calls. */
import { call } from './request'
import type { CallDetails, CallParty, HandLoggedCall, Medium } from '@/types/calls'

const APP = 'telephony'
const LOG = 'helpdesk.integrations.telephony.api'

interface Integration {
  twilio_enabled?: 0 | 1 | boolean | null
  exotel_enabled?: 0 | 1 | boolean | null
  default_calling_medium?: string | null
}
export interface Calling {
  media: Medium[]
  preferred: Medium | null
}
const MEDIA: Medium[] = ['Twilio', 'Exotel']

export const isTelephonyInstalled = () => Boolean(window.apps?.includes(APP))

export async function getCalling(): Promise<Calling> {
  const found = await call<Integration>(`${APP}.api.is_call_integration_enabled`)
  const isOn = { Twilio: found.twilio_enabled, Exotel: found.exotel_enabled }
  const media = MEDIA.filter((medium) => isOn[medium])
  return { media, preferred: MEDIA.find((medium) => medium === found.default_calling_medium) ?? null } // prettier-ignore
}
export const setDefaultMedium = (medium: Medium) =>
  call<void>(`${APP}.api.set_default_calling_medium`, { medium })

/** Whose number it is; null when nobody's. */
export async function findByNumber(number: string): Promise<CallParty | null> {
  const args = { phone_number: number }
  const found = await call<{ name?: string; full_name?: string; image?: string | null } | null>(`${APP}.api.get_contact_by_phone_number`, args) // prettier-ignore
  if (!found?.full_name) return null
  return { label: found.full_name, image: found.image ?? null, contact: found.name ?? null }
}

interface ExotelAnswer {
  Sid?: string
  CallSid?: string
  Call?: { Sid?: string }
}
/** Let Exotel ring one's own phone and then the other; the answer is the call's name in the log. */
export async function callByExotel(number: string): Promise<string | null> {
  const made = await call<ExotelAnswer | null>(`${APP}.exotel.handler.make_a_call`, { to_number: number }) // prettier-ignore
  return made?.Sid ?? made?.CallSid ?? made?.Call?.Sid ?? null
}
export async function getTwilioToken(): Promise<string> {
  const made = await call<{ token: string } | string>(`${APP}.twilio.api.generate_access_token`)
  return typeof made === 'string' ? made : made.token
}

export const getCall = (name: string) =>
  call<CallDetails>(`${LOG}.get_call`, { call: name }, { method: 'GET' })
export const logCall = (made: HandLoggedCall) => call<string>(`${LOG}.log_call`, { ...made })
export const linkCall = (name: string, ticket: string) =>
  call<void>(`${LOG}.link_call`, { call: name, ticket })
export const noteCall = (name: string, note: string) =>
  call<void>(`${LOG}.note_call`, { call: name, note })
