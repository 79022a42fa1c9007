/** Agents: whether they are there, and how they appear. */
import { call } from './request'
import { listDocuments, updateDocument } from './documents'

export interface Availability {
  name: string
  category: 'Active' | 'Away' | 'Unavailable'
  color: string | null
}

export function listAvailabilities(): Promise<Availability[]> {
  return listDocuments<Availability>('HD Agent Status', {
    fields: ['name', 'category', 'color'],
    filters: { enable: 1 },
    orderBy: 'status_order asc',
  })
}

export function setMyAvailability(availability: string): Promise<{ availability: string }> {
  return call('helpdesk.api.agent.set_my_availability', { availability })
}

export interface Agent {
  name: string
  user: string
  agent_name: string
  user_image: string | null
  is_active: 0 | 1
  skills?: string | null
}
export const listAllAgents = () =>
  listDocuments<Agent>('HD Agent', {
    fields: ['name', 'user', 'agent_name', 'user_image', 'is_active', 'skills'],
    orderBy: 'agent_name asc',
  })
export const setAgentActive = (name: string, isActive: boolean) =>
  updateDocument<Agent>('HD Agent', name, { is_active: isActive ? 1 : 0 })
export type AgentRole = 'Agent' | 'Manager'
export const setAgentRole = (user: string, role: AgentRole) =>
  call<void>('helpdesk.helpdesk.doctype.hd_agent.hd_agent.update_agent_role', { user, new_role: role }) // prettier-ignore

const INVITATIONS = 'frappe.core.api.user_invitation'
const APP = { app_name: 'helpdesk' }
export interface Invitation {
  name: string
  email: string
  roles: string[]
}
/** Who was invited, and who was left out and why. */
export interface InviteOutcome {
  invited_emails: string[]
  pending_invite_emails: string[]
  accepted_invite_emails: string[]
  disabled_user_emails: string[]
}
export const inviteAgents = (emails: string, roles: string[]) =>
  call<InviteOutcome>(`${INVITATIONS}.invite_by_email`, { emails, roles, redirect_to_path: '/helpdesk', ...APP }) // prettier-ignore
/** People who belong to no customer see their own tickets. */
export const inviteToPortal = (email: string) =>
  call<InviteOutcome>(`${INVITATIONS}.invite_by_email`, { emails: email, roles: ['HD Customer'], redirect_to_path: '/helpdesk/my-tickets', ...APP }) // prettier-ignore
/** Invitations of agents that nobody has answered yet; those of customers are not among them. */
export async function listAgentInvitations(): Promise<Invitation[]> {
  const all = await call<Invitation[]>(`${INVITATIONS}.get_pending_invitations`, APP, { method: 'GET' }) // prettier-ignore
  return all.filter(({ roles }) => roles.some((role) => /^(Agent|Agent Manager|System Manager)$/.test(role))) // prettier-ignore
}
export const withdrawInvitation = (name: string) =>
  call<{ cancelled_now: boolean }>(`${INVITATIONS}.cancel_invitation`, { name, ...APP }, { method: 'PATCH' }) // prettier-ignore
