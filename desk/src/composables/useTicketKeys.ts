import { nextTick, toValue, type Component, type MaybeRefOrGetter, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import LucideGitMerge from '~icons/lucide/git-merge'
import LucideCircleCheck from '~icons/lucide/circle-check'
import LucideCircleDot from '~icons/lucide/circle-dot'
import LucideHash from '~icons/lucide/hash'
import LucideLink from '~icons/lucide/link'
import LucideLock from '~icons/lucide/lock'
import LucideReply from '~icons/lucide/reply'
import LucideSignal from '~icons/lucide/signal'
import LucideTag from '~icons/lucide/tag'
import LucideTrendingDown from '~icons/lucide/trending-down'
import LucideTrendingUp from '~icons/lucide/trending-up'
import LucideUserCheck from '~icons/lucide/user-check'
import LucideUserPlus from '~icons/lucide/user-plus'
import LucideUsers from '~icons/lucide/users'
import { assignTicket, type TicketChanges } from '@/api/tickets'
import { useCommands } from './useCommands'
import type { Step } from './useTicketSteps'
import { useShortcuts } from './useShortcuts'
import { copyText } from '@/lib/clipboard'
import { showError } from '@/lib/notify'
import { referenceOf } from '@/lib/reference'
import { shippedName } from '@/lib/shippedNames'
import { __ } from '@/lib/translate'
import { useMasters } from '@/stores/masters'
import { useSession } from '@/stores/session'
import type { Ticket, TicketId } from '@/types/ticket'

interface Handles {
  id: MaybeRefOrGetter<TicketId>
  ticket: Ref<Ticket | null>
  change: (changes: TicketChanges) => unknown
  go: (ticket: string) => void
  previous: Ref<string | undefined>
  next: Ref<string | undefined>
  offered: Ref<Record<Step, boolean>>
  open: (step: Step) => void
  write: (mode: 'reply' | 'comment') => void
  reload: () => unknown
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
  const session = useSession()
  const router = useRouter()
  const group = __('Ticket')
  const copyNumber = () => void copyText(referenceOf(toValue(handles.id)), __('Number copied'))
  const copyLink = () =>
    void copyText(window.location.href.replace(/[#?].*$/, ''), __('Link copied'))
  async function takeIt(name: TicketId): Promise<void> {
    try {
      await assignTicket(name, session.user?.user_id ?? '')
      handles.reload()
    } catch (error) {
      showError(error)
    }
  }
  /** The palette gives the focus back when it closes; only then can something else take it. */
  const afterPalette = async (name: string) => {
    await nextTick()
    requestAnimationFrame(() => reach(name))
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
    'shift+r': { label: __('Resolve and say how'), group, run: () => handles.open('resolve') },
    u: { label: __('Back to the list'), group, run: () => router.back() },
    s: { label: __('Status'), group, run: () => reach('status') },
    a: { label: __('Assign'), group, run: () => reach('assignee') },
    p: { label: __('Priority'), group, run: () => reach('priority') },
    t: { label: __('Type'), group, run: () => reach('ticket_type') },
    l: { label: __('Labels'), group, run: () => reach('labels') },
    'shift+t': { label: __('Team'), group, run: () => reach('agent_group') },
    'mod+.': { label: __('Copy the number'), group, run: copyNumber },
    'mod+shift+.': { label: __('Copy the link'), group, run: copyLink },
    'mod+shift+>': copyLink,
  }) // prettier-ignore

  const steps: { step: Step; label: string; icon: Component }[] = [
    { step: 'resolve', label: __('Resolve and say how'), icon: LucideCircleCheck },
    { step: 'escalate', label: __('Escalate'), icon: LucideTrendingUp },
    { step: 'deEscalate', label: __('Take the escalation back'), icon: LucideTrendingDown },
    { step: 'merge', label: __('Merge this ticket'), icon: LucideGitMerge },
  ]
  useCommands(() => {
    const current = ticket.value
    if (!current) return []
    const offered = masters.statuses
      .filter(({ name }) => name !== current.status)
      .map(({ name, label_agent }) => ({
        label: __('Set status to {0}', shippedName(label_agent)),
        group: __('This ticket'),
        icon: LucideCircleDot,
        run: () => void change({ status: name }),
      }))
    const act = (label: string, icon: Component, run: () => void, keys?: string) => ({ label, group: __('This ticket'), icon, keys, run }) // prettier-ignore
    const priorities = masters.priorities
      .filter(({ name }) => name !== current.priority)
      .map(({ name }) => act(__('Set priority to {0}', shippedName(name)), LucideSignal, () => void change({ priority: name }))) // prettier-ignore
    const teams = masters.teams
      .filter(({ name }) => name !== current.agent_group)
      .map(({ name }) => act(__('Move to team {0}', name), LucideUsers, () => void change({ agent_group: name }))) // prettier-ignore
    const copying = [
      act(__('Copy the link'), LucideLink, copyLink, 'mod+shift+.'),
      act(__('Copy the number'), LucideHash, copyNumber, 'mod+.'),
    ]
    if (current.is_archived) return copying
    return [
      act(__('Reply'), LucideReply, () => handles.write('reply'), 'r'),
      act(__('Comment'), LucideLock, () => handles.write('comment'), 'c'),
      act(__('Assign to me'), LucideUserCheck, () => void takeIt(current.name)),
      act(__('Assign…'), LucideUserPlus, () => void afterPalette('assignee'), 'a'),
      act(__('Labels…'), LucideTag, () => void afterPalette('labels'), 'l'),
      ...offered,
      ...steps.filter(({ step }) => handles.offered.value[step]).map(({ step, label, icon }) => act(label, icon, () => handles.open(step))), // prettier-ignore
      ...priorities,
      ...teams,
      ...copying,
    ]
  })
}
