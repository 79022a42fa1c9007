import { shallowRef, type Ref } from 'vue'
import { getBulkResult, type BulkProgress, type BulkResult } from '@/api/bulk'
import { ServerError } from '@/api/request'
import { useKeptOperation } from '@/lib/keptOperation'
import { showError } from '@/lib/notify'

import { useReconnect } from './useReconnect'
import { useSocketEvent } from './useSocketEvent'

const hasEnded = ({ status }: BulkProgress) => status === 'Done' || status === 'Failed'
const reached = ({ done, failed }: BulkProgress) => done + failed

/**
 * Follows what the server does to many records until it ends, also after the page was left or the connection lost.
 * `progress` is null when nothing is followed, and `kept` remembers what is.
 */
export function useOperation(
  finished: (result: BulkResult) => void,
  kept: Ref<string> = useKeptOperation(),
) {
  const progress = shallowRef<BulkProgress | null>(null)
  let followed = kept.value

  function letGo(): void {
    if (kept.value === followed) kept.value = ''
    followed = ''
    progress.value = null
  }
  function take(news: BulkProgress): void {
    if (!progress.value || reached(news) >= reached(progress.value)) progress.value = news
  }
  function takeResult(result: BulkResult): void {
    if (result.operation !== followed) return
    if (!hasEnded(result)) return take(result)
    letGo()
    finished(result)
  }
  /** Without a connection it is asked again when that is back. */
  async function ask(): Promise<void> {
    const operation = followed
    if (!operation) return
    try {
      takeResult(await getBulkResult(operation))
    } catch (error) {
      showError(error)
      if (error instanceof ServerError && operation === followed) letGo()
    }
  }
  /** Events tell numbers; what failed and why is asked for at the end. */
  function hear(news: BulkProgress): void {
    if (news.operation !== followed) return
    if (hasEnded(news)) void ask()
    else take(news)
  }
  /** Asking once more makes up for events that came before the answer to the start. */
  async function follow(result: BulkResult): Promise<void> {
    followed = kept.value = result.operation
    progress.value = null
    takeResult(result)
    await ask()
  }
  useSocketEvent('helpdesk:bulk-progress', hear)
  useReconnect(ask)
  void ask()
  return { progress, follow, letGo }
}
