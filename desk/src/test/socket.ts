/** Stands in for `api/socket`: nothing is connected, and `fire` plays the server. */
type Handler = (payload: unknown) => void

const handlers = new Map<string, Set<Handler>>()

export function listen(event: string, handler: Handler): () => void {
  const listeners = handlers.get(event) ?? new Set()
  handlers.set(event, listeners.add(handler))
  return () => listeners.delete(handler)
}

export function fire(event: string, payload: unknown = {}): void {
  for (const handler of handlers.get(event) ?? []) handler(payload)
}

export function openSocket(): void {}
export function closeSocket(): void {}
export const emitted: { event: string; values: unknown[] }[] = []
export function emit(event: string, ...values: unknown[]): void {
  emitted.push({ event, values })
}
