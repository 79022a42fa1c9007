import { computed, shallowRef } from 'vue'
import { listFilterFields } from '@/api/lists'
import type { Known } from '@/lib/tokenQuery'
import { useMasters } from '@/stores/masters'
import type { FilterField } from '@/types/list'

/** What can be said in a search of tickets: the fields to filter by, and the values of those that are picked from. */
export function useSearchWords() {
  const masters = useMasters()
  const fields = shallowRef<FilterField[]>([])
  const named = (list: { name: string }[]) => list.map(({ name }) => ({ label: name, value: name }))
  const known = computed<Known>(() => ({
    fields: fields.value,
    values: {
      status: masters.statuses.map(({ name, label_agent }) => ({
        label: label_agent,
        value: name,
      })),
      priority: named(masters.priorities),
      ticket_type: named(masters.types),
      agent_group: named(masters.teams),
      _assign: masters.agents.map(({ name, agent_name }) => ({ label: agent_name, value: name })),
    },
  }))
  let loading: Promise<unknown> | null = null

  async function fetchAll(): Promise<void> {
    const [found] = await Promise.all([listFilterFields('HD Ticket'), masters.load()])
    fields.value = found
  }
  /** Fetch them once; a failed attempt may be repeated. */
  async function load(): Promise<void> {
    loading ??= fetchAll().catch((error: unknown) => {
      loading = null
      throw error
    })
    await loading
  }
  return { known, load }
}

export type SearchWords = ReturnType<typeof useSearchWords>
