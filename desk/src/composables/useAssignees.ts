import { computed, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { toast } from 'frappe-ui'
import { listTeamMembers, type AgentOption } from '@/api/masters'
import { assignTicket, unassignTicket } from '@/api/tickets'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import { useAvailability } from '@/stores/availability'
import { useMasters } from '@/stores/masters'
import { useSession } from '@/stores/session'
import type { Assignee, TicketId } from '@/types/ticket'

interface Setup {
  ticket: MaybeRefOrGetter<TicketId>
  team: MaybeRefOrGetter<string | null>
  assignees: MaybeRefOrGetter<Assignee[]>
  saved: () => void
}

/**
 * Who works on a ticket. Ticking is free until `save`, which sends only the difference; the new set shows at once and
 * the old one comes back when the server refuses.
 */
export function useAssignees({ ticket, team, assignees, saved }: Setup) {
  const masters = useMasters()
  const session = useSession()
  const availability = useAvailability()
  const chosen = ref<string[]>([])
  const search = ref('')
  const members = shallowRef<string[] | null>(null)
  const isSaving = ref(false)
  const before = computed(() => toValue(assignees).map(({ name }) => name))
  /** A reload must not untick what somebody is just ticking. */
  let isChoosing = false
  watch(before, (names) => isChoosing || isSaving.value || (chosen.value = [...names]), { immediate: true }) // prettier-ignore

  const pinned = shallowRef<string[]>([])
  const shown = computed(() =>
    chosen.value.map((name) => ({
      name,
      label: masters.agentByName.get(name)?.agent_name || toValue(assignees).find((one) => one.name === name)?.agent_name || name,
      image: masters.agentByName.get(name)?.user_image ?? null,
    })),
  ) // prettier-ignore
  /** Those already on it first, then oneself, then the others. */
  const rank = ({ name }: AgentOption) =>
    pinned.value.includes(name) ? 0 : name === session.user?.user_id ? 1 : 2
  const choices = computed(() => {
    const wanted = search.value.trim().toLowerCase()
    const offered = masters.agents.filter(
      ({ name, agent_name }) =>
        `${agent_name} ${name}`.toLowerCase().includes(wanted) &&
        (!members.value || members.value.includes(name) || pinned.value.includes(name)),
    )
    return offered.sort((a, b) => rank(a) - rank(b))
  })
  const categoryOf = (agent: AgentOption) =>
    availability.choices.find(({ name }) => name === agent.availability)

  /** Begin to choose: the list stands still while somebody ticks. */
  function begin(): void {
    isChoosing = true
    search.value = ''
    pinned.value = [...chosen.value]
    availability.load().catch(showError)
    const group = toValue(team)
    members.value = null
    if (group && session.config?.assign_within_team)
      listTeamMembers(group).then((names) => (members.value = names), showError) // prettier-ignore
  }
  function toggle(agent: AgentOption): void {
    const { name } = agent
    const has = chosen.value.includes(name)
    chosen.value = has ? chosen.value.filter((one) => one !== name) : [...chosen.value, name]
    const state = categoryOf(agent)
    if (!has && state && state.category !== 'Active')
      toast.warning(__('{0} is {1} at the moment.', agent.agent_name, state.name.toLowerCase()))
  }
  async function save(): Promise<void> {
    isChoosing = false
    const added = chosen.value.filter((name) => !before.value.includes(name))
    const removed = before.value.filter((name) => !chosen.value.includes(name))
    if ((!added.length && !removed.length) || isSaving.value) return
    const old = [...before.value]
    isSaving.value = true
    let isChanged = false
    try {
      if (added.length) {
        await assignTicket(toValue(ticket), ...added)
        isChanged = true
      }
      if (removed.length) {
        await unassignTicket(toValue(ticket), removed)
        isChanged = true
      }
    } catch (error) {
      chosen.value = old
      showError(error)
    } finally {
      isSaving.value = false
      if (isChanged) saved()
    }
  }
  function remove(name: string): Promise<void> {
    chosen.value = chosen.value.filter((one) => one !== name)
    return save()
  }
  return { chosen, shown, choices, search, isSaving, begin, toggle, save, remove, categoryOf }
}
