/** What came of inviting people, said in toasts: who was invited, and who was left out and why. */
import { toast } from 'frappe-ui'
import { __ } from './translate'
import type { InviteOutcome } from '@/api/agents'

export function tellInvited(outcome: Partial<InviteOutcome>): void {
  const say = (list: string[] | undefined, text: string, how: 'success' | 'warning') => list?.length && toast[how](`${text} ${list.join(', ')}`) // prettier-ignore
  say(outcome.invited_emails, __('Invited:'), 'success')
  say(outcome.pending_invite_emails, __('Invited before, not yet answered:'), 'warning')
  say(outcome.accepted_invite_emails, __('Already here:'), 'warning')
  say(outcome.disabled_user_emails, __('These accounts are disabled:'), 'warning')
}
