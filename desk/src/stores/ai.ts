import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import { getAvailability } from '@/api/ai'
import type { Ticket } from '@/types/ticket'

/** Whether a language model helps here, and on which tickets. */
export const useAi = defineStore('ai', () => {
  const isOn = ref(false)
  const without = ref<string[]>([])
  const isOnFor = computed(() => ({ agent_group }: Pick<Ticket, 'agent_group'>) => isOn.value && !without.value.includes(agent_group ?? '')) // prettier-ignore

  async function load(): Promise<void> {
    const found = await getAvailability()
    isOn.value = found.available
    without.value = found.teams_without
  }
  return { isOn, isOnFor, load }
})
