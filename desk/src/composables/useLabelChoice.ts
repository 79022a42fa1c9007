import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { showError } from '@/lib/notify'
import { useLabels } from '@/stores/labels'

export const isSameLabel = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** Choosing labels beside those that are there: what is offered, and what was typed. */
export function useLabelChoice(shown: MaybeRefOrGetter<string[]>) {
  const known = useLabels()
  const search = ref('')
  /** Without a label on the ticket their colors are asked for when somebody chooses. */
  if (toValue(shown).length) known.load().catch(showError)

  const has = (name: string) => toValue(shown).some((one) => isSameLabel(one, name))
  const wanted = computed(() => search.value.replaceAll(',', ' ').replace(/\s+/g, ' ').trim())
  const choices = computed(() => known.names.filter((name) => name.toLowerCase().includes(wanted.value.toLowerCase()))) // prettier-ignore
  /** What was typed, where there is no such label yet. */
  const fresh = computed(() => (wanted.value && !known.names.some((name) => isSameLabel(name, wanted.value)) && !has(wanted.value) ? wanted.value : '')) // prettier-ignore

  function begin(): void {
    search.value = ''
    known.load().catch(showError)
    known.loadUsed().catch(showError)
  }
  return { search, choices, fresh, has, begin }
}
