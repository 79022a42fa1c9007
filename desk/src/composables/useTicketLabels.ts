import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { toast } from 'frappe-ui'
import { addLabel, removeLabel } from '@/api/labels'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import { useLabels } from '@/stores/labels'
import type { Ticket } from '@/types/ticket'

const tagsOf = (ticket: Ticket) => (ticket._user_tags ?? '').split(',').filter(Boolean)
const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** The labels of a ticket: a change shows at once, and goes back where the server refuses. */
export function useTicketLabels(ticket: MaybeRefOrGetter<Ticket>, saved: () => void) {
  const known = useLabels()
  const shown = ref<string[]>([])
  const search = ref('')
  watch(() => toValue(ticket), (now) => (shown.value = tagsOf(now)), { immediate: true }) // prettier-ignore
  known.load().catch(showError)

  const has = (name: string) => shown.value.some((one) => isSame(one, name))
  const wanted = computed(() => search.value.replaceAll(',', ' ').replace(/\s+/g, ' ').trim())
  const choices = computed(() => known.names.filter((name) => name.toLowerCase().includes(wanted.value.toLowerCase()))) // prettier-ignore
  /** What was typed, where there is no such label yet. */
  const fresh = computed(() => (wanted.value && !known.names.some((name) => isSame(name, wanted.value)) && !has(wanted.value) ? wanted.value : '')) // prettier-ignore

  function begin(): void {
    search.value = ''
    known.loadUsed().catch(showError)
  }
  async function save(names: string[], send: () => Promise<unknown>): Promise<boolean> {
    const before = shown.value
    shown.value = names
    try {
      await send()
      saved()
      return true
    } catch (error) {
      shown.value = before
      showError(error)
      return false
    }
  }
  async function add(name: string): Promise<void> {
    if (!has(name)) await save([...shown.value, name], () => addLabel(toValue(ticket).name, name))
  }
  async function remove(name: string): Promise<void> {
    const left = shown.value.filter((one) => !isSame(one, name))
    const isDone = await save(left, () => removeLabel(toValue(ticket).name, name))
    const action = { label: __('Undo'), onClick: () => void add(name) }
    if (isDone) toast.success(__('The label {0} was removed', name), { action })
  }
  const toggle = (name: string) => (has(name) ? remove(name) : add(name))
  return { shown, search, choices, fresh, has, begin, add, remove, toggle }
}
