import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { useEventListener } from '@vueuse/core'
import { ask } from './useQuestion'
import { __ } from '@/lib/translate'

/** Ask before changes are lost; true when nothing is unsaved or people do not mind. */
export async function mayLeave(isChanged: boolean): Promise<boolean> {
  if (!isChanged) return true
  return ask({
    title: __('Leave without saving?'),
    message: __('What you entered will be lost.'),
    yes: __('Leave'),
    isDanger: true,
  })
}

/** Guards what is unsaved against closing the browser and against going to another page; `onLeft` runs when it was left. */
export function useLeaveGuard(isChanged: () => boolean, onLeft: () => void = () => {}): void {
  useEventListener(window, 'beforeunload', (event) => {
    if (isChanged()) event.preventDefault()
  })
  const release = useRouter().beforeEach(async (to, from) => {
    if (to.path === from.path) return true
    if (!(await mayLeave(isChanged()))) return false
    onLeft()
    return true
  })
  onScopeDispose(release)
}
