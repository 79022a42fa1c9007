import { onScopeDispose } from 'vue'
import { listen, type ServerEvents } from '@/api/socket'

/** Listen to a live event for as long as the component or scope lives. */
export function useSocketEvent<Name extends keyof ServerEvents>(
  event: Name,
  handler: ServerEvents[Name],
): void {
  onScopeDispose(listen(event, handler))
}
