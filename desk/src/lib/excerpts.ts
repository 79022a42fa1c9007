/** Excerpts of search hits: plain text with the found words marked, never markup of somebody's mail. */
import { textOf } from './html'

export interface ExcerptPart {
  text: string
  isMarked: boolean
}

export function markedParts(excerpt: string | null | undefined): ExcerptPart[] {
  return (excerpt ?? '').split(/(<mark>.*?<\/mark>)/s).flatMap((piece) => {
    const text = textOf(piece)
    const padded = /^\s/.test(piece) ? ` ${text}` : text
    const isMarked = piece.startsWith('<mark>')
    return text
      ? [{ text: isMarked ? text : `${padded}${/\s$/.test(piece) ? ' ' : ''}`, isMarked }]
      : []
  })
}

/** The server sends the first hundred characters of a text; what was cut is cut between words, and looks so. */
const SENT = 100
export function opening(text: string): string {
  return text.length < SENT ? text : `${text.replace(/\s+\S*$/, '')} …`
}
