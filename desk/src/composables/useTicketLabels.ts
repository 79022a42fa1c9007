import { ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { toast } from 'frappe-ui'
import { isSameLabel } from './useLabelChoice'
import { addLabel, removeLabel } from '@/api/labels'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import type { Ticket } from '@/types/ticket'

const tagsOf = (ticket: Ticket) => (ticket._user_tags ?? '').split(',').filter(Boolean)

/** The labels of a ticket: a change shows at once, and goes back where the server refuses. */
export function useTicketLabels(ticket: MaybeRefOrGetter<Ticket>, saved: () => void) {
  const shown = ref<string[]>([])
  watch(() => toValue(ticket), (now) => (shown.value = tagsOf(now)), { immediate: true }) // prettier-ignore

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
    if (!shown.value.some((one) => isSameLabel(one, name)))
      await save([...shown.value, name], () => addLabel(toValue(ticket).name, name))
  }
  async function remove(name: string): Promise<void> {
    const left = shown.value.filter((one) => !isSameLabel(one, name))
    const isDone = await save(left, () => removeLabel(toValue(ticket).name, name))
    const action = { label: __('Undo'), onClick: () => void add(name) }
    if (isDone) toast.success(__('The label {0} was removed', name), { action })
  }
  return { shown, add, remove }
}
