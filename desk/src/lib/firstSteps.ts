/** The first steps of a new help desk, in the order in which they make sense. */
import { __ } from './translate'

export interface FirstStep {
  /** As the server counts it; `portal` is only looked at. */
  name: string
  label: string
  hint: string
  /** Where it is done: a page, or a tab of the settings. */
  to?: string
  settings?: string
}
export const firstSteps = (): FirstStep[] => [
  { name: 'mail', label: __('Connect a mailbox'), hint: __('Mails become tickets, and answers go out as mails.'), settings: 'mailboxes' },
  { name: 'agents', label: __('Invite agents'), hint: __('Those who answer together with you.'), settings: 'agents' },
  { name: 'sla', label: __('Promise times'), hint: __('How soon people are answered, and in which hours.'), settings: 'sla' },
  { name: 'ticket', label: __('Create a ticket'), hint: __('Try it with something small.'), to: '/tickets/new' },
  { name: 'assign', label: __('Assign a ticket'), hint: __('Open one and choose who takes care of it.'), to: '/tickets' },
  { name: 'reply', label: __('Reply'), hint: __('Open a ticket and press R.'), to: '/tickets' },
  { name: 'comment', label: __('Comment internally'), hint: __('Open a ticket and press C; customers do not see it.'), to: '/tickets' },
  { name: 'article', label: __('Publish an article'), hint: __('Answer once what is asked often.'), to: '/kb' },
  { name: 'contact', label: __('Add a contact'), hint: __('And invite them to the portal.'), to: '/contacts' },
  { name: 'portal', label: __('Look at the portal'), hint: __('What your customers see.'), to: '/kb-public' },
] // prettier-ignore
