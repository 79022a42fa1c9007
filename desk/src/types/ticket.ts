/** The records the desk shows, as the server sends them. Dates are naive strings in the site's time zone. */
import type { CallNote, CallParty } from './calls'

export type TicketId = string | number
export type ServerDate = string

export type AgreementStatus =
  '' | 'First Response Due' | 'Resolution Due' | 'Failed' | 'Fulfilled' | 'Paused'
/** How pressing the promise is; empty without one. */
export type SlaState = '' | 'On Track' | 'Warning' | 'Breached' | 'Paused' | 'Fulfilled'
export type StatusCategory = 'Open' | 'Paused' | 'Resolved'

/** The SLA clocks of a ticket. */
export interface SlaFields {
  agreement_status: AgreementStatus | null
  response_by: ServerDate | null
  resolution_by: ServerDate | null
  first_responded_on: ServerDate | null
  resolution_date: ServerDate | null
  on_hold_since: ServerDate | null
  status_category: StatusCategory | null
  /** When three quarters of the time (or what the settings say) are used up for what is due first. */
  sla_warning_on?: ServerDate | null
}

export interface Ticket extends SlaFields {
  name: number
  subject: string
  description: string | null
  raised_by: string
  status: string
  priority: string | null
  ticket_type: string | null
  category?: string | null
  agent_group: string | null
  customer: string | null
  sla: string | null
  via_customer_portal: 0 | 1
  service_level_agreement_creation?: ServerDate | null
  first_response_time?: number | null
  total_hold_time?: number | null
  resolution_time?: number | null
  creation: ServerDate
  modified: ServerDate
  opening_date: ServerDate | null
  resolution_details?: string | null
  /** Absent where the server knows no escalation. */
  escalated_on?: ServerDate | null
  escalated_by?: string | null
  escalation_reason?: string | null
  channel?: string | null
  due_date?: ServerDate | null
  /** Whether the last public message is the requester's, and waits for an answer of ours. */
  needs_response?: 0 | 1
  last_customer_response?: ServerDate | null
  sla_state?: SlaState | null
  /** The labels, each after a comma. */
  _user_tags?: string | null
  contact?: string | null
  template?: string | null
  feedback?: string | null
  feedback_rating: number | null
  feedback_extra: string | null
  is_merged: 0 | 1
  /** Absent where the server knows no archive. */
  is_archived?: 0 | 1
  merged_with: number | null
  /** The older ticket that left something open. */
  follow_up_of?: TicketId | null
  _assign?: string | null
}

export interface Person {
  name: string
  email?: string
  image?: string | null
}

export interface Attachment {
  name: string
  file_name: string
  file_url: string
}

export interface Communication {
  name: string
  subject: string | null
  content: string
  sender: string
  recipients: string | null
  cc: string | null
  bcc: string | null
  creation: ServerDate
  communication_date: ServerDate | null
  sent_or_received: 'Sent' | 'Received'
  delivery_status: string | null
  user: Person
  attachments: Attachment[]
}

export interface Reaction {
  emoji: string
  count: number
  current_user_reacted?: boolean
  users: { user: string; full_name: string }[]
}

export interface TicketComment {
  name: string
  content: string
  commented_by: string
  creation: ServerDate
  is_pinned: 0 | 1
  user: Person
  attachments: Attachment[]
  reactions?: Reaction[]
}

export interface HistoryEntry {
  name: string
  action: string
  owner: string
  creation: ServerDate
  user: Person
}

export interface ViewEntry {
  name: string
  viewed_by: string
  creation: ServerDate
  user: Person
}

export interface CallEntry {
  name: string
  type: 'Incoming' | 'Outgoing'
  status: string
  from: string | null
  to: string | null
  duration: number | null
  recording_url: string | null
  _duration?: string
  _caller?: CallParty
  _receiver?: CallParty
  notes?: CallNote[]
  creation: ServerDate
}

export interface TicketActivities {
  communications: Communication[]
  comments: TicketComment[]
  history: HistoryEntry[]
  views: ViewEntry[]
  calls?: CallEntry[]
}

export interface TicketContact {
  name: string
  email_id: string | null
  phone: string | null
  mobile_no: string | null
  image: string | null
}

export interface Assignee {
  name: string
  agent_name?: string
  user_image?: string | null
  availability?: string | null
}
