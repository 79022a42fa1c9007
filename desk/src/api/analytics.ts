/** How the team is doing: the dashboard's cards and charts, and the cards of the home page. */
import { call } from './request'
import type { ServerDate, TicketId } from '@/types/ticket'

export interface NumberCard {
  title: string
  value: number
  suffix?: string
  delta: number
  deltaSuffix?: string
  negativeIsBetter?: boolean
  tooltip?: string
}
export interface Chart {
  type: 'axis' | 'pie'
  title: string
  subtitle?: string
  data: Record<string, string | number>[]
  categoryColumn?: string
  valueColumn?: string
  [setting: string]: unknown
}
export interface DashboardFilters {
  from_date?: string
  to_date?: string
  team?: string
  agent?: string
}
const DASHBOARD = 'helpdesk.api.dashboard.get_dashboard_data'
export const listNumberCards = (filters: DashboardFilters) =>
  call<NumberCard[]>(DASHBOARD, { dashboard_type: 'number_card', filters })
export const listCharts = (kind: 'trend' | 'master', filters: DashboardFilters) =>
  call<Chart[]>(DASHBOARD, { dashboard_type: kind, filters })

const HOME = 'helpdesk.api.agent_home.agent_home'
export interface PendingTicket {
  name: TicketId
  subject: string
  status: string
  priority: string
  reason: string
}
export type PendingKind = 'upcoming_sla' | 'pending' | 'new'
export const listPending = (kind: PendingKind) =>
  call<{ tickets: PendingTicket[]; total_pending_tickets: number }>(`${HOME}.get_pending_tickets`, {
    ticket_type: kind,
  })
export interface Activity {
  name: TicketId
  subject: string
  text: string
  timestamp: ServerDate
}
export const listRecentActivity = () => call<Activity[]>(`${HOME}.get_recent_activity`)
export interface Metric {
  total?: number
  average?: number
  percentage_change: number | null
}
export const getMyTickets = () => call<Metric>(`${HOME}.get_agent_tickets`)
export const getMyFirstResponse = () => call<Metric>(`${HOME}.get_avg_first_response_time`)
export const getMyResolution = () => call<Metric>(`${HOME}.get_avg_resolution_time`)
export const getMyReviews = () =>
  call<{ average_rating: number; total_feedbacks: number }>(`${HOME}.get_recent_feedback`)
