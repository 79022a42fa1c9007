/** Agents: whether they are there, and how they appear. */
import { call } from './request'
import { listDocuments } from './documents'

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
