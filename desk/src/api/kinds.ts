/** Types, categories and labels: how many tickets each has, and making one of two. */
import { call } from './request'

const KINDS = 'helpdesk.api.settings.kinds'

export const getUsage = (doctype: string) =>
  call<Record<string, number>>(`${KINDS}.get_usage`, { doctype }, { method: 'GET' })
/** Gives back how many tickets move; many do so in the background. */
export const mergeKinds = (doctype: string, source: string, target: string) =>
  call<number>(`${KINDS}.merge`, { doctype, source, target })
