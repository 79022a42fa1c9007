import { toValue, type MaybeRefOrGetter, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { toast } from 'frappe-ui'
import LucideGitMerge from '~icons/lucide/git-merge'
import LucideCircleDot from '~icons/lucide/circle-dot'
import type { TicketChanges } from '@/api/tickets'
import { useCommands } from './useCommands'
import { useShortcuts } from './useShortcuts'
import { __ } from '@/lib/translate'
import { useMasters } from '@/stores/masters'
import type { Ticket, TicketId } from '@/types/ticket'

interface Handles {
  id: MaybeRefOrGetter<TicketId>
  ticket: Ref<Ticket | null>
  change: (changes: TicketChanges) => unknown
  go: (ticket: string) => void
  previous: Ref<string | undefined>
  next: Ref<string | undefined>
  merge: () => void
}

/** Focus or open what stands for a field in the page. */
function reach(name: string): void {
  const target = document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)
  const control = target?.matches('select, button') ? target : target?.querySelector<HTMLElement>('select, button') // prettier-ignore
  control?.focus()
  if (control instanceof HTMLButtonElement) control.click()
}

/** The keys and the palette's commands on an open ticket. */
export function useTicketKeys(handles: Handles): void {
  const { ticket, change, go, previous, next } = handles
  const masters = useMasters()
  const router = useRouter()
  const group = __('Ticket')
  const copy = async (text: string, done: string) => {
    await navigator.clipboard.writeText(text)
    toast.success(done)
  }
  const resolved = () => masters.statuses.find(({ category }) => category === 'Resolved')?.name
  const resolve = () => {
    const status = resolved()
    if (status) change({ status })
  }
  const forward = () => next.value && go(next.value)
  const backward = () => previous.value && go(previous.value)

  useShortcuts({
    '>': { label: __('Next ticket'), group, run: forward },
    '<': { label: __('Previous ticket'), group, run: backward },
    e: { label: __('Resolve'), group, run: resolve },
    u: { label: __('Back to the list'), group, run: () => router.back() },
    s: { label: __('Status'), group, run: () => reach('status') },
    a: { label: __('Assign'), group, run: () => reach('assignee') },
    p: { label: __('Priority'), group, run: () => reach('priority') },
    t: { label: __('Type'), group, run: () => reach('ticket_type') },
    'shift+t': { label: __('Team'), group, run: () => reach('agent_group') },
    'mod+.': { label: __('Copy the number'), group, run: () => void copy(String(toValue(handles.id)), __('Number copied')) },
    'mod+shift+.': { label: __('Copy the link'), group, run: () => void copy(window.location.href, __('Link copied')) },
    'mod+shift+>': () => void copy(window.location.href, __('Link copied')),
  }) // prettier-ignore

  useCommands(() => {
    const current = ticket.value
    if (!current) return []
    const offered = masters.statuses
      .filter(({ name }) => name !== current.status)
      .map(({ name, label_agent }) => ({
        label: __('Set status to {0}', label_agent),
        group: __('This ticket'),
        icon: LucideCircleDot,
        run: () => void change({ status: name }),
      }))
    const merge = { label: __('Merge this ticket'), group: __('This ticket'), icon: LucideGitMerge, run: handles.merge } // prettier-ignore
    return current.is_merged ? offered : [...offered, merge]
  })
}
