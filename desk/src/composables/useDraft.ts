import { toValue, watch, type MaybeRefOrGetter, reactive } from 'vue'

export interface Draft {
  content: string
  to: string
  cc: string
  bcc: string
  /** The message that is answered, sent along below the answer. */
  quote: string
}

const EMPTY: Draft = { content: '', to: '', cc: '', bcc: '', quote: '' }

/**
 * What somebody is writing, kept in this browser under `key` until it is sent or thrown away; `initial` is what a fresh
 * draft begins with.
 */
export function useDraft(
  key: MaybeRefOrGetter<string>,
  initial: () => Partial<Draft> = () => ({}),
) {
  const draft = reactive<Draft>({ ...EMPTY })

  function restore(): void {
    const stored = localStorage.getItem(toValue(key))
    Object.assign(draft, EMPTY, initial(), stored ? (JSON.parse(stored) as Partial<Draft>) : {})
  }
  function discard(): void {
    localStorage.removeItem(toValue(key))
    Object.assign(draft, EMPTY)
  }
  watch(() => toValue(key), restore, { immediate: true, flush: 'sync' })
  watch(draft, () => {
    if (draft.content || draft.cc || draft.bcc) {
      localStorage.setItem(toValue(key), JSON.stringify(draft))
    }
  })
  return { draft, discard }
}
