/** What this help desk and other apps know about who asks; the blocks are described in `helpdesk/tickets/context.py`. */
import { call } from './request'
import type { TicketId } from '@/types/ticket'

interface Block<Kind extends string, Row> {
  key: string
  title: string
  kind: Kind
  rows: Row[]
}
export type FieldRow = { label: string; value: unknown; doctype?: string; name?: string }
export type ProgressRow = { label: string; value: number; of: number }
export type TableRow = Record<string, unknown>
export type ContextBlock =
  | Block<'fields', FieldRow>
  | Block<'table', TableRow>
  | Block<'progress', ProgressRow>
  | Block<'failed', never>

export const listContextBlocks = (ticket: TicketId) =>
  call<ContextBlock[]>('helpdesk.api.context.get_panels', { ticket: String(ticket) })
