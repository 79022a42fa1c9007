import { shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { parseQuery } from '@/lib/tokenQuery'
import { showError } from '@/lib/notify'
import { useSearchWords } from './useSearchWords'

/**
 * The conditions of a search that stands in the address, as text. Nothing is asked for until its words are understood:
 * undefined without a search. Words that mean nothing are told.
 */
export function useAddressedSearch(query: MaybeRefOrGetter<string | undefined>) {
  const words = useSearchWords()
  const filters = shallowRef<string | undefined>(toValue(query) ? '[]' : undefined)

  async function understand(text: string): Promise<void> {
    await words.load()
    if (toValue(query) !== text) return
    const tokens = parseQuery(text, words.known.value)
    const problem = tokens.find((token) => 'problem' in token)
    if (problem && 'problem' in problem) showError(new Error(problem.problem))
    filters.value = JSON.stringify(tokens.flatMap((token) => ('condition' in token ? [token.condition] : []))) // prettier-ignore
  }
  watch(
    () => toValue(query),
    (text) => {
      filters.value = text ? '[]' : undefined
      if (text) understand(text).catch(showError)
    },
    { immediate: true },
  )
  return filters
}
