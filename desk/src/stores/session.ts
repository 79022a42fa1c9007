import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import {
  getConfig,
  getCurrentUser,
  signOut,
  type CurrentUser,
  type DeskConfig,
} from '@/api/session'
import { closeSocket } from '@/api/socket'
import { forget, ownPrefix } from '@/lib/ownStorage'
import { setReferenceForm } from '@/lib/reference'

/** Leave the desk for the sign-in page, and come back to the same place afterwards. */
export function goToSignIn(path: string): void {
  const target = `${__FRONTEND_ROUTE__}${path === '/' ? '' : path}`
  window.location.assign(`/login?redirect-to=${encodeURIComponent(target)}`)
}

export const useSession = defineStore('session', () => {
  const user = ref<CurrentUser | null>(null)
  const config = ref<DeskConfig | null>(null)
  const hasEnded = ref(false)
  const isAgent = computed(() => Boolean(user.value?.is_agent || user.value?.is_admin))

  function configure(how: DeskConfig): void {
    config.value = how
    setReferenceForm(how.ticket_reference_prefix, how.ticket_reference_digits ?? 0)
  }

  async function load(): Promise<void> {
    if (user.value) return
    const [who, how] = await Promise.all([getCurrentUser(), getConfig()])
    user.value = who
    configure(how)
  }

  async function reloadConfig(): Promise<void> {
    configure(await getConfig())
  }

  /** The session ended while the desk was open; what is on the screen stays. */
  function markEnded(): void {
    hasEnded.value = true
  }

  async function leave(): Promise<void> {
    const own = ownPrefix()
    await signOut()
    closeSocket()
    forget(own)
    user.value = null
    window.location.assign('/login')
  }

  return { user, config, hasEnded, isAgent, load, reloadConfig, markEnded, leave }
})
