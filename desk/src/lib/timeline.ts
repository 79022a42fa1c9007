/** One line of time out of mails, comments and history: oldest first, neighbouring changes of one person folded, except who works on it. */
import type { Moment } from '@/api/tickets'
import { isAssignment } from './historyText'
import type {
  CallEntry,
  Communication,
  HistoryEntry,
  ServerDate,
  TicketActivities,
  TicketComment,
  ViewEntry,
} from '@/types/ticket'

export type TimelineEntry =
  | { kind: 'mail'; key: string; at: ServerDate; mail: Communication }
  | { kind: 'comment'; key: string; at: ServerDate; comment: TicketComment }
  | { kind: 'view'; key: string; at: ServerDate; view: ViewEntry }
  | { kind: 'call'; key: string; at: ServerDate; call: CallEntry }
  | { kind: 'moment'; key: string; at: ServerDate; moment: Moment }
  | { kind: 'history'; key: string; at: ServerDate; lines: HistoryEntry[] }

export function timelineOf(activities: TicketActivities): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...activities.communications.map((mail): TimelineEntry => ({
      kind: 'mail',
      key: mail.name,
      at: mail.creation,
      mail,
    })),
    ...activities.comments.map((comment): TimelineEntry => ({
      kind: 'comment',
      key: comment.name,
      at: comment.creation,
      comment,
    })),
    ...activities.history.map((line): TimelineEntry => ({
      kind: 'history',
      key: line.name,
      at: line.creation,
      lines: [line],
    })),
    ...activities.views.map((view): TimelineEntry => ({
      kind: 'view',
      key: view.name,
      at: view.creation,
      view,
    })),
    ...(activities.calls ?? []).map((call): TimelineEntry => ({
      kind: 'call',
      key: call.name,
      at: call.creation,
      call,
    })),
  ]
  entries.sort((a, b) => a.at.localeCompare(b.at))
  return fold(entries)
}

function fold(entries: TimelineEntry[]): TimelineEntry[] {
  const folded: TimelineEntry[] = []
  for (const entry of entries) {
    const last = folded.at(-1)
    const isSamePerson =
      last?.kind === 'history' &&
      entry.kind === 'history' &&
      last.lines[0]?.owner === entry.lines[0]?.owner &&
      ![...last.lines, ...entry.lines].some(isAssignment)
    if (isSamePerson && last.kind === 'history' && entry.kind === 'history')
      last.lines.push(...entry.lines)
    else folded.push(entry)
  }
  return folded
}

/** What customers see: what was written, and where the ticket stood from when on. */
export function portalTimelineOf(timeline: TimelineEntry[], moments: Moment[]): TimelineEntry[] {
  const mails = timeline.filter(({ kind }) => kind === 'mail')
  const stood = moments.map((moment): TimelineEntry => ({ kind: 'moment', key: moment.name, at: moment.creation, moment })) // prettier-ignore
  return [...mails, ...stood].sort((a, b) => a.at.localeCompare(b.at))
}
