/** The live connection: one socket for the whole desk, opened once the user is known. */
import { io, type Socket } from 'socket.io-client'
import type { BulkProgress } from './bulk'
import type { ExotelReport } from '@/types/calls'

let socket: Socket | null = null

export interface DocUpdate {
  doctype: string
  name: string | number
  modified: string
}

/** Events the desk listens to, with what they carry. */
export interface ServerEvents {
  'helpdesk:new-ticket': (payload: { ticket?: string | number }) => void
  'helpdesk:ticket-update': (payload: {
    ticket_id?: string | number
    name?: string | number
  }) => void
  'helpdesk:ticket-comment': (payload: { ticket_id?: string | number }) => void
  'helpdesk:settings-updated': () => void
  'helpdesk:notification': () => void
  'helpdesk:bulk-progress': (payload: BulkProgress) => void
  'helpdesk:comment-reaction-update': (payload: {
    comment: string
    ticket_id: string | number
  }) => void
  agent_availability_updated: (payload: { agent: string; availability: string }) => void
  ticket_update: (payload: {
    ticket_id: string | number
    user: string
    field: string
    value: unknown
  }) => void
  list_update: (payload: { doctype: string; name: string | number; user: string }) => void
  doc_update: (payload: DocUpdate) => void
  ticket_viewers: (payload: { ticket_id: string | number; users: string }) => void
  helpdesk_ticket_typing: (payload: { ticket_id: string | number; user: string }) => void
  helpdesk_ticket_typing_stopped: (payload: { ticket_id: string | number; user: string }) => void
  exotel_call: (report: ExotelReport) => void
  'helpdesk:erpnext-sync-start': () => void
  'helpdesk:erpnext-sync-end': () => void
  connect: () => void
  disconnect: (reason: string) => void
}

function address(): string {
  const { protocol, hostname, port } = window.location
  const own = window.socketio_port
  const host = own ? `${hostname}:${own}` : port ? `${hostname}:${port}` : hostname
  return `${protocol}//${host}/${window.site_name ?? hostname}`
}

export function openSocket(): Socket {
  socket ??= io(address(), { withCredentials: true, transports: ['websocket', 'polling'] })
  return socket
}

export function closeSocket(): void {
  socket?.disconnect()
  socket = null
}

export function emit(event: string, ...values: unknown[]): void {
  socket?.emit(event, ...values)
}

/** Listen to an event; the returned function stops listening. */
export function listen<Name extends keyof ServerEvents>(
  event: Name,
  handler: ServerEvents[Name],
): () => void {
  const current = openSocket()
  current.on(event as string, handler as (...values: unknown[]) => void)
  return () => current.off(event as string, handler as (...values: unknown[]) => void)
}
