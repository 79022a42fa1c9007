/** Help from a language model: it says something, people do something. */
import { call, type CallOptions } from './request'
import type { ServerDate, TicketId } from '@/types/ticket'

const API = 'helpdesk.api.ai'
type Signal = Pick<CallOptions, 'signal'>['signal']

export interface Availability {
  available: boolean
  /** Tickets of these teams are kept from it. */
  teams_without: string[]
}
export const getAvailability = () => call<Availability>(`${API}.available`, {}, { method: 'GET' })

export interface Summary {
  text: string
  created: ServerDate
}
/** The summary that somebody asked for, if the ticket is still the same. */
export function getSummary(ticket: TicketId): Promise<Summary | null> {
  return call(`${API}.get_summary`, { ticket: String(ticket) }, { method: 'GET' })
}
export function summarize(ticket: TicketId, anew: boolean, signal?: Signal): Promise<Summary> {
  return call(`${API}.summary`, { ticket: String(ticket), anew }, { signal })
}

export interface Suggestion {
  action: 'reply' | 'set_status' | 'set_priority' | 'set_team' | 'assign' | 'merge' | 'escalate' | 'link_article' // prettier-ignore
  /** The record it is about, and what that is called. */
  value: string
  label: string
  reason: string
}
export function suggestActions(ticket: TicketId, signal?: Signal): Promise<Suggestion[]> {
  return call(`${API}.suggested_actions`, { ticket: String(ticket) }, { signal })
}

export interface Source {
  /** How the text refers to it: S1, S2, … */
  mark: string
  kind: 'ticket' | 'article'
  name: string
  title: string
}
export interface Answer {
  text: string
  sources: Source[]
  for_customer: boolean
}
/** Ask about a ticket; `isForCustomer` has a reply written, without internal notes and other tickets. */
export function askAbout(ticket: TicketId, question: string, isForCustomer: boolean, signal?: Signal): Promise<Answer> {
  return call(`${API}.ask`, { ticket: String(ticket), question, for_customer: isForCustomer }, { signal })
} // prettier-ignore

export interface DraftedTicket {
  subject: string
  description: string
  raised_by: string
  priority: string
  ticket_type: string
  agent_group: string
}
export function draftTicket(text: string, signal?: Signal): Promise<DraftedTicket> {
  return call(`${API}.draft_ticket`, { text }, { signal })
}

export const listProviders = () => call<string[]>(`${API}.get_providers`, {}, { method: 'GET' })
/** Let the stored provider say hello. */
export const testProvider = () => call<string>(`${API}.test_provider`)
