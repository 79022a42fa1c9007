/** The lists people pick from: statuses, priorities, types, categories, teams, agents. */

import { call } from './request'
import type { StatusCategory } from '@/types/ticket'

export interface TicketStatus {
  name: string
  label_agent: string
  label_customer: string | null
  category: StatusCategory
  color: string | null
  enabled: 0 | 1
}

export interface AgentOption {
  name: string
  agent_name: string
  user_image: string | null
  availability?: string | null
}

export interface NamedOption {
  name: string
}

export interface PriorityOption extends NamedOption {
  level?: string | null
}

function list<T>(
  doctype: string,
  fields: string[],
  filters: Record<string, unknown>,
  orderBy: string,
): Promise<T[]> {
  const args = { doctype, fields, filters, order_by: orderBy, limit_page_length: 500 }
  return call<T[]>('frappe.client.get_list', args, { method: 'GET' })
}

export const listStatuses = () =>
  list<TicketStatus>(
    'HD Ticket Status',
    ['name', 'label_agent', 'label_customer', 'category', 'color', 'enabled'],
    { enabled: 1 },
    'order asc',
  )

export const listPriorities = () =>
  list<PriorityOption>('HD Ticket Priority', ['name', 'level'], {}, 'level asc')

export const listTypes = () => list<NamedOption>('HD Ticket Type', ['name'], {}, 'name asc')

/** Customers are given those that they may choose. */
export const listCategories = () =>
  list<NamedOption>('HD Ticket Category', ['name'], { enabled: 1 }, '`order` asc, name asc')

export const listLabels = () => list<NamedOption>('HD Ticket Label', ['name'], {}, 'name asc')

export const listTeams = () => list<NamedOption>('HD Team', ['name'], {}, 'name asc')

export const listAgents = () =>
  list<AgentOption>(
    'HD Agent',
    ['name', 'agent_name', 'user_image', 'availability'],
    { is_active: 1 },
    'agent_name asc',
  )

export const listTeamMembers = (team: string) =>
  call<string[]>('helpdesk.helpdesk.doctype.hd_team.hd_team.get_team_members', { team })
