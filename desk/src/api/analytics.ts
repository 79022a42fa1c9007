/** How the team is doing: the dashboard's cards and charts, and the cards of the home page. */
import { updateDocument } from './documents'
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
export type PendingKind = 'upcoming_sla' | 'pending' | 'new_tickets'
export const listPending = (kind: PendingKind) =>
  call<{ tickets: PendingTicket[]; total_pending_tickets: number }>(`${HOME}.get_pending_tickets`, {
    ticket_type: kind,
  })
export interface Activity {
  name: TicketId
  subject: string
  activity_type: 'replied' | 'commented' | 'updated' | 'viewed' | 'assigned'
  timestamp: ServerDate
}
export const listRecentActivity = () => call<Activity[]>(`${HOME}.get_recent_activity`)
export interface Metric {
  data?: { date: string; count?: number; avg_time?: number }[]
  total?: number
  average?: number
  percentage_change: number | null
}
export const getMyTickets = () => call<Metric>(`${HOME}.get_agent_tickets`)
export const getMyFirstResponse = () => call<Metric>(`${HOME}.get_avg_first_response_time`)
export const getMyResolution = () => call<Metric>(`${HOME}.get_avg_resolution_time`)
export interface Review {
  name: TicketId
  subject: string
  feedback_rating: number
  feedback: string | null
  feedback_extra: string | null
}
export interface Reviews {
  average_rating: number
  total_feedbacks: number
  rating_distribution: Record<string, number>
  recent_feedbacks: Review[]
}
/** A period by name, or two dates. */
export interface Span {
  period: string
  from_date?: string
  to_date?: string
}
export const getMyReviews = (span: Span, sort_order: string) =>
  call<Reviews>(`${HOME}.get_recent_feedback`, { ...span, sort_order })
export interface TimeMetrics {
  data: [month: string, firstResponse: number, resolution: number][]
  averages: { first_response: number; resolution: number }
}
export const getMyTimes = (span: Span) =>
  call<TimeMetrics>(`${HOME}.get_avg_time_metrics`, { ...span })

/** A card of the home page as it is stored: which one, and its place on a grid of fifty columns. */
export interface HomeCard {
  chart: string
  layout: { i: string; x: number; y: number; w: number; h: number; [limit: string]: unknown }
}
export async function getHomeLayout(reset = false) {
  const found = await call<{ layout: HomeCard[]; default_layout: string; dashboard_id: string }>(`${HOME}.get_dashboard`, { reset_layout: reset }) // prettier-ignore
  return { id: found.dashboard_id, cards: found.layout.map(({ chart, layout }) => ({ chart, layout })), shipped: JSON.parse(found.default_layout) as HomeCard[] } // prettier-ignore
}
export const saveHomeLayout = (id: string, cards: HomeCard[]) =>
  updateDocument('HD Field Layout', id, { layout: JSON.stringify(cards) })
