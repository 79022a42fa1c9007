/** What Exotel reports of a call, read. Pure. https://developer.exotel.com/api/make-a-call-api */
import type { CallPhase, ExotelReport } from '@/types/calls'

const OVER = /^(completed|busy|no-answer|failed|canceled|incomplete|client-hangup)$/

export interface ReadReport {
  id: string
  isIncoming: boolean
  /** The other side. */
  number: string
  phase: Exclude<CallPhase, 'dialling'>
}

export function readReport(report: ExotelReport): ReadReport {
  const isIncoming = report.Direction === 'incoming'
  const number = (isIncoming ? (report.CallFrom ?? report.From) : report.To) ?? ''
  return { id: report.CallSid, isIncoming, number, phase: phaseOf(report) }
}

function phaseOf(report: ExotelReport): ReadReport['phase'] {
  const said = [report.Status, report.DialCallStatus, report.CallType]
  if (report.EventType === 'terminal' || said.some((word) => OVER.test(word ?? ''))) return 'ended'
  const isConnected = report.EventType === 'answered' || report.Status === 'in-progress'
  const isHalf = report.Legs?.some(({ Status }) => Status !== 'in-progress') ?? false
  return isConnected && !isHalf ? 'active' : 'ringing'
}
