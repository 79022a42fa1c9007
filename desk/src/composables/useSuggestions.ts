import { computed, shallowRef, watch, type Ref } from 'vue'
import { countGroups } from '@/api/lists'
import { listLabels } from '@/api/masters'
import { fieldOf, keyOf, STATE_WORDS, TEXT } from '@/lib/tokenQuery'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import type { FilterField } from '@/types/list'
import type { ListView } from './useListView'
import type { SearchWords } from './useSearchWords'

/** What may be meant by the word somebody is typing. */
export interface Suggestion {
  /** What the word becomes. */
  word: string
  label: string
  hint: string
  /** Whether the word is complete then. */
  isWhole: boolean
}

const MOST = 8
const FIRST = ['status', 'agent', 'priority', 'type', 'category', 'team', 'customer', 'label', 'created', 'due', 'sla'] // prettier-ignore
const TIMES = ['today', 'yesterday', '7d', '30d', 'this-month', 'last-month']
const WORD = /(-?)(?:([a-z_][\w-]*):)?((?:[^\s"]|"[^"]*"?)*)$/i
const quote = (text: string) => (/[\s,"]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text)

/** Suggests keys first, then values – with the number of tickets that have each, where the list can be counted by them. */
export function useSuggestions(
  text: Ref<string>,
  list: Pick<ListView, 'doctype' | 'settings'>,
  { known }: Pick<SearchWords, 'known'>,
) {
  const counts = shallowRef<{ of: string; numbers: Record<string, number> }>({ of: '', numbers: {} }) // prettier-ignore
  const labels = shallowRef<string[] | null>(null)
  const parts = computed(() => {
    const [all = '', minus = '', key, value = ''] = WORD.exec(text.value) ?? []
    return { all, minus, key, value: value.replace(/^"|"$/g, '') }
  })
  const field = computed(() => (parts.value.key ? fieldOf(parts.value.key, known.value.fields) : undefined)) // prettier-ignore

  async function fetchValues({ fieldname, fieldtype }: FilterField): Promise<void> {
    if (fieldname === '_user_tags') {
      labels.value ??= (await listLabels()).map(({ name }) => name)
      return
    }
    if (!/^(Link|Select)$/.test(fieldtype) || fieldname === '_assign' || fieldname === 'name')
      return
    const others = list.settings.filters.filter(([name]) => name !== fieldname)
    const of = JSON.stringify([fieldname, others])
    if (counts.value.of === of) return
    const numbers = await countGroups(list.doctype, fieldname, others)
    if (field.value?.fieldname === fieldname) counts.value = { of, numbers }
  }
  watch(field, (wanted) => {
    counts.value = { of: '', numbers: {} }
    if (wanted) fetchValues(wanted).catch(showError)
  })

  const matches = (typed: string, ...words: string[]) =>
    words.some((word) => word.toLowerCase().includes(typed.toLowerCase()))

  function keys({ minus, value }: { minus: string; value: string }): Suggestion[] {
    const fields = known.value.fields.filter(({ fieldname }) => fieldname !== TEXT)
    const rank = (one: FilterField) => (FIRST.indexOf(keyOf(one)) + 99) % 99
    const found = fields
      .filter((one) => (value ? matches(value, keyOf(one), one.label) : FIRST.includes(keyOf(one))))
      .sort((a, b) => rank(a) - rank(b))
    const states = value ? STATE_WORDS.filter((word) => matches(value, word)) : []
    return [
      ...found.map((one) => ({ word: `${minus}${keyOf(one)}:`, label: `${minus}${keyOf(one)}:`, hint: one.label, isWhole: false })),
      ...states.map((word) => ({ word: minus + word, label: minus + word, hint: '', isWhole: true })),
    ] // prettier-ignore
  }
  function choicesOf(one: FilterField): { label: string; value: string }[] {
    const plain = (words: string[]) => words.map((word) => ({ label: word, value: word }))
    if (one.fieldname === '_assign') return [{ label: __('Me'), value: 'me' }, ...(known.value.values?._assign ?? [])] // prettier-ignore
    if (one.fieldname === '_user_tags') return plain(labels.value ?? [])
    if (one.fieldtype === 'Check') return plain(['yes', 'no'])
    if (one.fieldtype === 'Rating') return plain(['5', '4', '3', '2', '1'])
    if (/^Date/.test(one.fieldtype)) return plain(TIMES)
    const given = known.value.values?.[one.fieldname] ?? plain((one.options ?? '').split('\n'))
    if (one.fieldtype === 'Link' && !known.value.values?.[one.fieldname]) return plain(Object.keys(counts.value.numbers)) // prettier-ignore
    return /^(Link|Select)$/.test(one.fieldtype) ? given : []
  }
  function valuesOf(one: FilterField): Suggestion[] {
    const { minus, key, value } = parts.value
    const done = value.includes(',') ? value.slice(0, value.lastIndexOf(',') + 1) : ''
    const typed = value.slice(done.length).replace(/^"/, '')
    const count = (choice: string) => counts.value.numbers[choice]
    const found = [...choicesOf(one), { label: __('none'), value: 'none' }]
      .filter((choice) => choice.value && matches(typed, choice.label, choice.value))
      .sort((a, b) => (count(b.value) ?? 0) - (count(a.value) ?? 0))
    return found.map((choice) => ({
      word: `${minus}${key}:${done}${quote(choice.value)}`,
      label: choice.label,
      hint: count(choice.value)?.toString() ?? '',
      isWhole: true,
    }))
  }
  const suggestions = computed<Suggestion[]>(() => {
    const { key } = parts.value
    if (field.value) return valuesOf(field.value).slice(0, MOST)
    if (key) {
      const states = STATE_WORDS.filter((word) => matches(`${key}:${parts.value.value}`, word))
      return states.map((word) => ({ word: parts.value.minus + word, label: word, hint: '', isWhole: true })) // prettier-ignore
    }
    return keys(parts.value).slice(0, MOST)
  })
  /** Whether a value is being chosen, so that Enter means the first one. */
  const isValue = computed(() => Boolean(parts.value.key))
  const complete = ({ word }: Suggestion) => text.value.slice(0, text.value.length - parts.value.all.length) + word // prettier-ignore
  return { suggestions, isValue, complete }
}
