/** Internal comments after they were written: edited, deleted, reacted to. */
import { call } from './request'
import { deleteDocument, updateDocument } from './documents'
import type { Reaction } from '@/types/ticket'

const COMMENT = 'HD Ticket Comment'
const API = 'helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment'

export const editComment = (name: string, content: string) =>
  updateDocument<object>(COMMENT, name, { content })
export const deleteComment = (name: string) => deleteDocument(COMMENT, name)
export const listReactions = (comment: string) => call<Reaction[]>(`${API}.get_reactions`, { comment }) // prettier-ignore
export const toggleReaction = (comment: string, emoji: string) =>
  call<object | null>(`${API}.toggle_reaction`, { comment, emoji })
