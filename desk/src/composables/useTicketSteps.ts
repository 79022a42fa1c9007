import { computed, ref, type Ref } from 'vue'
import type { TicketChanges } from '@/api/tickets'
import { isBlank } from '@/lib/html'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import { useMasters } from '@/stores/masters'
import { useSession } from '@/stores/session'
import type { Ticket } from '@/types/ticket'

/** What is done to a ticket in a dialog of its own. */
export type Step = 'merge' | 'resolve' | 'escalate' | 'deEscalate' | 'archive' | 'delete'
const NOTHING = { merge: false, resolve: false, escalate: false, deEscalate: false, archive: false, delete: false } // prettier-ignore

/** Which dialog of a ticket is open, and what may be done now. `save` is an agent's change of fields. */
export function useTicketSteps(
  ticket: Ref<Ticket | null>,
  save: (changes: TicketChanges) => unknown,
) {
  const masters = useMasters()
  const session = useSession()
  const step = ref<Step | null>(null)
  const offered = useOfferedSteps(() => ticket.value)
  /** The status that was chosen before the dialog asked how it was solved. */
  const status = ref<string>()
  const isResolved = (name?: string) =>
    masters.statusByName.get(name ?? '')?.category === 'Resolved'

  /** Change fields at once; resolving first asks how it was solved, where the settings want that. */
  function change(changes: TicketChanges): unknown {
    if (ticket.value?.is_archived) return showError(__('This ticket is archived. Please restore it first.')) // prettier-ignore
    const isAsked = Boolean(session.config?.require_resolution_details)
    const wantsDetails =
      isAsked && isResolved(changes.status) && isBlank(ticket.value?.resolution_details)
    if (!wantsDetails) return save(changes)
    status.value = changes.status
    step.value = 'resolve'
  }
  function open(wanted: Step): void {
    if (!offered.value[wanted]) return
    status.value = undefined
    step.value = wanted
  }
  return { step, status, offered, change, open }
}

/** What may be done to a ticket as it is now. Older servers know no escalation, no archive and no resolution with words. */
export function useOfferedSteps(ticket: () => Ticket | null) {
  const session = useSession()
  return computed<Record<Step, boolean>>(() => {
    const current = ticket()
    if (!current) return NOTHING
    const { status_category, is_merged, escalated_on, is_archived } = current
    const isUnsolved = status_category !== 'Resolved' && !is_archived
    return {
      merge: !is_merged && isUnsolved,
      resolve: isUnsolved && session.config?.require_resolution_details !== undefined,
      escalate: isUnsolved && escalated_on === null,
      deEscalate: Boolean(escalated_on) && !is_archived && Boolean(session.user?.is_manager),
      archive: is_archived === 0,
      delete: Boolean(session.user?.is_admin),
    }
  })
}
