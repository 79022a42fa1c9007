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

/** Write every row of a list into a CSV file. */
export const exportEverything = (
  doctype: string,
  columns: string[],
  filters: Condition[],
  orderBy: string,
) => call<BulkResult>('helpdesk.api.bulk.export', { doctype, columns, filters, order_by: orderBy })
