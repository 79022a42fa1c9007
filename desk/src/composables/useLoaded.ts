import { ref, shallowRef, watch, type Ref } from 'vue'
import { ServerError } from '@/api/request'

export type LoadState = 'loading' | 'ready' | 'missing' | 'failed'

/** Something fetched anew whenever `key` changes, with the state it is in. What is shown stays until the new has come. */
export function useLoaded<T>(key: () => unknown, fetch: () => Promise<T>) {
  const data = shallowRef<T | null>(null) as Ref<T | null>
  const state = ref<LoadState>('loading')
  const error = ref('')
  let turn = 0

  async function reload(): Promise<void> {
    const mine = ++turn
    try {
      const found = await fetch()
      if (mine !== turn) return
      data.value = found
      state.value = 'ready'
    } catch (reason) {
      if (mine !== turn) return
      error.value = reason instanceof Error ? reason.message : String(reason)
      const isGone = reason instanceof ServerError && (reason.isMissing || reason.isPermission)
      state.value = isGone ? 'missing' : 'failed'
    }
  }
  watch(key, () => void reload(), { immediate: true })
  return { data, state, error, reload }
}
