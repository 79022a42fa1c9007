import { shallowRef, type Ref } from 'vue'
import { listFormScripts } from '@/api/templates'
import type { TicketChanges } from '@/api/tickets'
import { useFormScripts } from './useFormScripts'
import { showError } from '@/lib/notify'
import type { Ticket } from '@/types/ticket'

/** The form scripts of an open ticket; `change` is the agent's change, which the scripts hear of. */
export function useTicketScripts(
  ticket: Ref<Ticket | null>,
  save: (changes: TicketChanges) => Promise<void>,
) {
  const scripts = shallowRef<string[]>([])
  listFormScripts()
    .then((found) => (scripts.value = found))
    .catch(showError)
  const form = useFormScripts({
    scripts,
    doc: () => ticket.value as Record<string, unknown> | null,
    record: () => ticket.value?.name,
    update: (field, value) => void save({ [field]: value }),
  })
  async function change(changes: TicketChanges): Promise<void> {
    await save(changes)
    for (const [field, value] of Object.entries(changes)) await form.changed(field, value)
  }
  return { ...form, change }
}
