/** What a language model suggests and answers, in people's words and as links. */
import type { Answer, Source, Suggestion } from '@/api/ai'
import { paragraphsOf } from './html'
import { __ } from './translate'

/** Which field of the ticket an action sets. */
export const FIELDS: Partial<Record<Suggestion['action'], 'status' | 'priority' | 'agent_group'>> = { set_status: 'status', set_priority: 'priority', set_team: 'agent_group' } // prettier-ignore

/** What a suggestion is, on its button and over its dialog. */
export function nameOf({ action, label }: Suggestion): string {
  switch (action) {
    case 'reply':
      return __('Write a reply')
    case 'set_status':
      return __('Set the status to {0}', __(label))
    case 'set_priority':
      return __('Set the priority to {0}', __(label))
    case 'set_team':
      return __('Give it to the team {0}', label)
    case 'assign':
      return __('Assign it to {0}', label)
    case 'merge':
      return __('Merge it into {0}', label)
    case 'escalate':
      return __('Escalate')
    case 'link_article':
      return __('Link the article “{0}”', label)
  }
}

/** Where the desk shows a source. */
export function addressOf({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  return kind === 'ticket' ? `/tickets/${name}` : `/kb/articles/${encodeURIComponent(name)}`
}

/** A link to an article for a customer, as HTML. */
export function linkOf({ value, label }: Suggestion): string {
  const address = `${window.location.origin}${__FRONTEND_ROUTE__}${addressOf({ kind: 'article', name: value })}` // prettier-ignore
  return paragraphsOf(label).replace(/^<p>(.*)<\/p>$/s, `<p><a href="${address}">$1</a></p>`)
}

export interface Piece {
  text: string
  source?: Source
}
/** An answer cut at its marks, those of known sources with the source. */
export function piecesOf({ text, sources }: Answer): Piece[] {
  const known = new Map(sources.map((source) => [`[${source.mark}]`, source]))
  const parts = text.split(/(\[S\d+\])/).filter(Boolean)
  return parts.map((part) => ({ text: part, source: known.get(part) }))
}
