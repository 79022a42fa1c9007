import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { useEventListener } from '@vueuse/core'
import { __ } from '@/lib/translate'

/** Ask before changes are lost; true when nothing is unsaved or people do not mind. */
export function mayLeave(isChanged: boolean): boolean {
  return !isChanged || window.confirm(__('Leave without saving? Your changes will be lost.'))
}

/** Guards what is unsaved against closing the browser and against going to another page; `onLeft` runs when it was left. */
export function useLeaveGuard(isChanged: () => boolean, onLeft: () => void = () => {}): void {
  useEventListener(window, 'beforeunload', (event) => {
    if (isChanged()) event.preventDefault()
  })
  const release = useRouter().beforeEach((to, from) => {
    if (to.path === from.path) return true
    if (!mayLeave(isChanged())) return false
    onLeft()
    return true
  })
  onScopeDispose(release)
}
