import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import { useStorage } from '@vueuse/core'
import { getProgress } from '@/api/onboarding'
import { firstSteps } from '@/lib/firstSteps'
import { showError } from '@/lib/notify'
import { useSession } from '@/stores/session'

/** How far a manager has come with a new help desk; steps are done by doing them, skipped, or all put away. */
export const useFirstSteps = defineStore('firstSteps', () => {
  const session = useSession()
  const key = () => `helpdesk-first-steps:${session.user?.user_id ?? ''}`
  const kept = useStorage(key, { skipped: [] as string[], seen: [] as string[], isAway: false })
  const done = ref<Record<string, boolean> | null>(null)
  const isOpen = ref(false)
  const steps = computed(() =>
    firstSteps().map((step) => ({
      ...step,
      isDone: Boolean(done.value?.[step.name]) || kept.value.seen.includes(step.name),
      isSkipped: kept.value.skipped.includes(step.name),
    })),
  )
  const settled = computed(() => steps.value.filter(({ isDone, isSkipped }) => isDone || isSkipped).length) // prettier-ignore
  /** Offered to managers until everything is done or they have had enough of it. */
  const isOffered = computed(() => done.value !== null && !kept.value.isAway && settled.value < steps.value.length) // prettier-ignore

  async function load(): Promise<void> {
    if (!session.user?.is_manager || kept.value.isAway) return
    done.value = (await getProgress().catch(showError)) ?? done.value
  }
  async function open(): Promise<void> {
    isOpen.value = true
    await load()
  }
  const skip = (name: string) => void kept.value.skipped.push(name)
  const see = (name: string) => kept.value.seen.includes(name) || kept.value.seen.push(name)
  function putAway(): void {
    kept.value.isAway = true
    isOpen.value = false
  }
  return { steps, settled, isOffered, isOpen, load, open, skip, see, putAway }
})
