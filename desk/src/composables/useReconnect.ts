import { onScopeDispose, readonly, ref } from 'vue'
import { useSocketEvent } from './useSocketEvent'

/** A moment without connection is nobody's business; after this long it is said. */
const GRACE_MS = 3000

/** Whether the live connection is gone, and `back` when it has come again: what was missed is to be fetched. */
export function useReconnect(back: () => unknown = () => {}) {
  const isCut = ref(false)
  let wasCut = false
  let timer: ReturnType<typeof setTimeout> | undefined
  useSocketEvent('disconnect', (reason) => {
    if (reason === 'io client disconnect') return
    wasCut = true
    clearTimeout(timer)
    timer = setTimeout(() => (isCut.value = true), GRACE_MS)
  })
  useSocketEvent('connect', () => {
    clearTimeout(timer)
    isCut.value = false
    if (wasCut) back()
    wasCut = false
  })
  onScopeDispose(() => clearTimeout(timer))
  return { isCut: readonly(isCut) }
}
