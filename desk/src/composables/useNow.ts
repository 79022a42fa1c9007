import { readonly, ref } from 'vue'
import { serverNow } from '@/lib/serverClock'

const EVERY_MS = 20_000

export function makeNow() {
  const now = ref(serverNow())
  const look = () => (now.value = serverNow())
  let timer: ReturnType<typeof setInterval> | undefined
  return () => {
    timer ??= setInterval(look, EVERY_MS)
    if (Math.abs(serverNow().getTime() - now.value.getTime()) > EVERY_MS) look() // the machine slept, or first learned the time
    return readonly(now)
  }
}
/** The present moment by the server's clock, moving on every twenty seconds; shared by everything that counts down. */
export const useNow = makeNow()
