import { shallowRef, toValue, type MaybeRefOrGetter } from 'vue'
import { listSavedReplies, renderSavedReply, type SavedReply } from '@/api/composing'
import { useCompletion } from './useCompletion'
import { showError } from '@/lib/notify'
import { matchingReplies, openSlash } from '@/lib/replyCodes'
import type { TicketId } from '@/types/ticket'

export interface Writing {
  insert: (html: string) => void
  replaceAround: (before: number, after: number, text: string) => void
}

/** Saved replies behind a slash, filled in for a ticket where they are chosen. They are fetched at the first slash. */
export function useSlashReplies(
  ticket: MaybeRefOrGetter<TicketId>,
  editor: MaybeRefOrGetter<Writing | null>,
) {
  const replies = shallowRef<SavedReply[]>([])
  let isAsked = false
  async function load(): Promise<void> {
    if (isAsked) return
    isAsked = true
    try {
      replies.value = await listSavedReplies()
    } catch (error) {
      isAsked = false
      showError(error)
    }
  }
  async function insert({ name }: SavedReply): Promise<void> {
    try {
      const html = await renderSavedReply(name, toValue(ticket))
      toValue(editor)?.insert(html)
    } catch (error) {
      showError(error)
    }
  }
  return useCompletion<SavedReply>({
    find: (before) => {
      const typed = openSlash(before)
      if (typed) void load()
      return typed
    },
    matches: (query) => matchingReplies(replies.value, query),
    put: (reply, { before, after }) => {
      toValue(editor)?.replaceAround(before, after, '')
      void insert(reply)
    },
  })
}
