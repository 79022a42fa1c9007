import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import * as api from '@/api/agents'
import { useSession } from './session'

/** Whether I am there, and the words for it. */
export const useAvailability = defineStore('availability', () => {
  const choices = shallowRef<api.Availability[]>([])
  const session = useSession()

  async function load(): Promise<void> {
    if (!choices.value.length) choices.value = await api.listAvailabilities()
  }
  async function choose(name: string): Promise<void> {
    const me = session.user
    if (!me) return
    const before = me.availability
    me.availability = name
    try {
      await api.setMyAvailability(name)
    } catch (error) {
      me.availability = before
      throw error
    }
  }
  return { choices, load, choose }
})
