import { computed, ref, shallowRef } from 'vue'
import { formatQuery, parseQuery, tokenText, type Token } from '@/lib/tokenQuery'
import { sentenceOf } from '@/lib/filters'
import type { Condition } from '@/types/list'
import type { ListView } from './useListView'
import type { SearchWords } from './useSearchWords'

/** A word that stands in the search: a condition of the list, or a slip that means nothing and says why. */
export interface Pill {
  key: string
  text: string
  title: string
  isWrong: boolean
}

/** A search in words over the conditions of a list: what the filters say it shows, and what it says they do. */
export function useTokenSearch(
  { settings }: Pick<ListView, 'settings'>,
  { known }: Pick<SearchWords, 'known'>,
) {
  const text = ref('')
  const slips = shallowRef<Token[]>([])
  const problemOf = (token: Token) => ('problem' in token ? token.problem : '')

  function pillOf(condition: Condition, at: number): Pill {
    const said = tokenText(condition, known.value)
    const title = sentenceOf(condition, known.value.fields)
    const isWordless = said.startsWith('where:')
    return { key: `${at} ${said}`, text: isWordless ? title : said, title, isWrong: false }
  }
  const pills = computed<Pill[]>(() => [
    ...settings.filters.map(pillOf),
    ...slips.value.map((slip, at) => ({ key: `slip ${at}`, text: slip.text, title: problemOf(slip), isWrong: true })),
  ]) // prettier-ignore

  /** Make conditions of what was typed; what means nothing stays, and says why. */
  function commit(): void {
    const tokens = parseQuery(text.value, known.value)
    const added = tokens.flatMap((token) => ('condition' in token ? [token.condition] : []))
    slips.value = [...slips.value, ...tokens.filter((token) => 'problem' in token)]
    const there = new Set(settings.filters.map((condition) => JSON.stringify(condition)))
    const fresh = added.filter((condition) => !there.has(JSON.stringify(condition)))
    if (fresh.length) settings.filters = [...settings.filters, ...fresh]
    text.value = ''
  }
  /** Take one out, and return what it said. */
  function remove(at: number): string {
    const condition = settings.filters[at]
    if (condition) {
      settings.filters = settings.filters.filter((_, other) => other !== at)
      return tokenText(condition, known.value)
    }
    const slipAt = at - settings.filters.length
    const slip = slips.value[slipAt]
    slips.value = slips.value.filter((_, other) => other !== slipAt)
    return slip?.text ?? ''
  }
  /** Bring one back into the input. */
  function edit(at: number): void {
    commit()
    text.value = remove(at)
  }
  function clear(): void {
    settings.filters = []
    slips.value = []
    text.value = ''
  }
  const query = computed(() => formatQuery(settings.filters, known.value))
  return { text, pills, query, commit, remove, edit, clear }
}
