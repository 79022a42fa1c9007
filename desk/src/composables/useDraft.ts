import { computed, toValue, watch, type MaybeRefOrGetter, reactive } from 'vue'
import { ownKey } from '@/lib/ownStorage'

export interface Draft {
  content: string
  to: string
  cc: string
  bcc: string
  /** The message that is answered, sent along below the answer. */
  quote: string
  /** It began as a draft by AI, which the history of the ticket tells. */
  isByAi: boolean
}

const EMPTY: Draft = { content: '', to: '', cc: '', bcc: '', quote: '', isByAi: false }

/** What is kept under `name`, of whoever is signed in; null when there is nothing. */
export function keptDraft(name: string): Partial<Draft> | null {
  const stored = localStorage.getItem(ownKey(`draft:${name}`))
  return stored ? (JSON.parse(stored) as Partial<Draft>) : null
}

/**
 * What somebody is writing, kept in this browser under `name` for this person until it is sent or thrown away;
 * `initial` is what a fresh draft begins with.
 */
export function useDraft(
  name: MaybeRefOrGetter<string>,
  initial: () => Partial<Draft> = () => ({}),
) {
  const draft = reactive<Draft>({ ...EMPTY })
  const key = computed(() => ownKey(`draft:${toValue(name)}`))

  function restore(): void {
    Object.assign(draft, EMPTY, initial(), keptDraft(toValue(name)))
  }
  function discard(): void {
    localStorage.removeItem(key.value)
    Object.assign(draft, EMPTY)
  }
  watch(key, restore, { immediate: true, flush: 'sync' })
  watch(draft, () => {
    if (draft.content || draft.cc || draft.bcc) {
      localStorage.setItem(key.value, JSON.stringify(draft))
    }
  })
  return { draft, discard }
}
