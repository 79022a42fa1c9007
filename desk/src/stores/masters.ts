import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import * as api from '@/api/masters'

/** What people pick from on every page; fetched once, together. */
export const useMasters = defineStore('masters', () => {
  const statuses = shallowRef<api.TicketStatus[]>([])
  const priorities = shallowRef<api.PriorityOption[]>([])
  const types = shallowRef<api.NamedOption[]>([])
  const categories = shallowRef<api.NamedOption[]>([])
  const teams = shallowRef<api.NamedOption[]>([])
  const agents = shallowRef<api.AgentOption[]>([])
  let loading: Promise<void> | null = null

  async function fetchAll(): Promise<void> {
    const [status, priority, type, category, team, agent] = await Promise.all([
      api.listStatuses(),
      api.listPriorities(),
      api.listTypes(),
      api.listCategories(),
      api.listTeams(),
      api.listAgents(),
    ])
    statuses.value = status
    priorities.value = priority
    types.value = type
    categories.value = category
    teams.value = team
    agents.value = agent
  }

  /** Fetch the lists unless they are there; a failed attempt may be repeated. */
  function load(): Promise<void> {
    loading ??= fetchAll().catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }

  /** What customers need: the statuses in their words. */
  async function loadStatuses(): Promise<void> {
    if (!statuses.value.length) statuses.value = await api.listStatuses()
  }

  async function loadCategories(): Promise<void> {
    if (!categories.value.length) categories.value = await api.listCategories()
  }

  const statusByName = computed(
    () => new Map(statuses.value.map((status) => [status.name, status])),
  )
  const agentByName = computed(() => new Map(agents.value.map((agent) => [agent.name, agent])))
  const agentName = (id: string) => agentByName.value.get(id)?.agent_name ?? id

  return {
    statuses,
    priorities,
    types,
    categories,
    teams,
    agents,
    statusByName,
    agentByName,
    agentName,
    load,
    loadStatuses,
    loadCategories,
  }
})
