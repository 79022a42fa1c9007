import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { listUsers, type DirectoryUser } from '@/api/session'

/** Names and pictures of everybody, fetched once; components never ask for a person by themselves. */
export const useDirectory = defineStore('directory', () => {
  const users = shallowRef<DirectoryUser[]>([])
  const byName = computed(() => new Map(users.value.map((user) => [user.name, user])))
  let loading: Promise<void> | null = null

  async function fetchAll(): Promise<void> {
    users.value = await listUsers()
  }
  function load(): Promise<void> {
    loading ??= fetchAll().catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
  const nameOf = (id: string) => byName.value.get(id)?.full_name || id
  const imageOf = (id: string) => byName.value.get(id)?.user_image ?? null
  return { users, load, nameOf, imageOf }
})
