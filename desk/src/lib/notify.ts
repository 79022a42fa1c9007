/** How the desk tells people what happened: one place for toasts, so that every error reads the same. */
import { toast } from 'frappe-ui'
import { ServerError, type ServerMessage } from '@/api/request'
import { withoutTags } from './html'
import { __ } from './translate'

/** Say what went wrong; that somebody was signed out is said by the banner, which also leads back in. */
export function showError(error: unknown): void {
  if (error instanceof ServerError && error.isSignedOut) return
  if (error instanceof DOMException && error.name === 'AbortError') return
  toast.error(messageOf(error))
}

/** What an error says to people. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return withoutTags(text) || __('Something went wrong. Nothing was changed.')
}

export function showServerMessages(messages: ServerMessage[]): void {
  for (const { message, indicator } of messages) {
    const text = withoutTags(String(message))
    if (indicator === 'red') toast.error(text)
    else if (indicator === 'orange') toast.warning(text)
    else if (indicator === 'green') toast.success(text)
    else toast.info(text)
  }
}
