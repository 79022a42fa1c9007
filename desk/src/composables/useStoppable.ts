import { onScopeDispose, readonly, ref, shallowRef, type Ref } from 'vue'
import { messageOf } from '@/lib/notify'

/** A question to somebody slow, one at a time: whether it is on its way, what came or went wrong, and stopping it. */
export function useStoppable<T, Given extends unknown[] = []>(ask: (signal: AbortSignal, ...given: Given) => Promise<T>) {
  const answer = shallowRef<T | null>(null) as Ref<T | null>
  const error = ref('')
  const isBusy = ref(false)
  let running: AbortController | null = null

  function stop(): void {
    running?.abort()
    running = null
    isBusy.value = false
  }
  /** Ask; null when it failed, was stopped, or another question came. */
  async function run(...given: Given): Promise<T | null> {
    stop()
    const mine = (running = new AbortController())
    isBusy.value = true
    error.value = ''
    try {
      const found = await ask(mine.signal, ...given)
      if (mine !== running) return null
      return (answer.value = found)
    } catch (reason) {
      if (mine === running) error.value = messageOf(reason)
      return null
    } finally {
      if (mine === running) stop()
    }
  }
  onScopeDispose(stop)
  return { answer, error, isBusy: readonly(isBusy), run, stop }
} // prettier-ignore
