/** One thing done to many records by the server: in the background when they are many, whoever looks on. */
import { call } from './request'
import type { Outcome } from './lists'
import type { Condition } from '@/types/list'
import type { TicketId } from '@/types/ticket'

/** How far an operation has come; the live event carries it. */
export interface BulkProgress {
  operation: string
  action: string
  status: 'Queued' | 'Running' | 'Done' | 'Failed'
  total: number
  done: number
  failed: number
  /** Where an export is to be had. */
  file: string | null
}

export interface BulkResult extends BulkProgress {
  failures: Outcome[]
}

/** Named tickets, or all that match. */
export type BulkTargets = { names: TicketId[] } | { filters: Condition[] }

export const startBulk = (action: string, values: object, targets: BulkTargets) =>
  call<BulkResult>('helpdesk.api.bulk.start', { action, values, ...targets })

export const getBulkResult = (operation: string) =>
  call<BulkResult>('helpdesk.api.bulk.get_outcome', { operation })

export type FileFormat = 'CSV' | 'Excel' | 'PDF' | 'Conversations'

/** A list as a file: all that match, or of those the named ones. */
export interface ExportRequest {
  doctype: string
  columns: string[]
  filters: Condition[]
  orderBy: string
  names: TicketId[] | null
  format: FileFormat
  delimiter?: string
  orientation?: 'Portrait' | 'Landscape'
  withNotes?: boolean
}

/** How many rows fit into a file of each kind, and whether the site can make PDF at all. */
export interface ExportLimits {
  excel: number
  pdf: number
  conversations: number
  has_pdf: boolean
}

export function exportRows({ orderBy, format, withNotes, ...request }: ExportRequest) {
  const args = { ...request, order_by: orderBy, file_format: format, with_notes: withNotes }
  return call<BulkResult>('helpdesk.api.bulk.export', args)
}

export const getExportLimits = () =>
  call<ExportLimits>('helpdesk.api.bulk.get_export_limits', {}, { method: 'GET' })
