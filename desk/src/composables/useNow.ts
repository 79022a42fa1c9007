import { onScopeDispose, readonly, ref } from 'vue'
import { serverNow } from '@/lib/serverClock'

const EVERY_MS = 20_000
const now = ref(serverNow())
let readers = 0
let timer: ReturnType<typeof setInterval> | undefined
function look(): void {
  now.value = serverNow()
}

/** The present moment by the server's clock, moving on every twenty seconds; shared by everything that counts down. */
export function useNow() {
  const isFirst = !readers++
  if (isFirst) timer = setInterval(look, EVERY_MS)
  if (isFirst || serverNow().getTime() - now.value.getTime() > EVERY_MS) look() // nobody looked, or the machine slept
  onScopeDispose(() => {
    if (!--readers) clearInterval(timer)
  })
  return readonly(now)
}
