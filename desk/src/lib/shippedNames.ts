/** The statuses, priorities, types and categories that come with the app, in the reader's language; a team's own stand as they were written. */
import { __ } from './translate'

const SHIPPED: Record<string, () => string> = {
  Open: () => __('Open'),
  Replied: () => __('Replied'),
  'Awaiting Response': () => __('Awaiting Response'),
  Resolved: () => __('Resolved'),
  Closed: () => __('Closed'),
  Urgent: () => __('Urgent'),
  High: () => __('High'),
  Medium: () => __('Medium'),
  Low: () => __('Low'),
  Question: () => __('Question'),
  Bug: () => __('Bug'),
  Incident: () => __('Incident'),
  Unspecified: () => __('Unspecified'),
  General: () => __('General'),
  Billing: () => __('Billing'),
  Technical: () => __('Technical'),
  Account: () => __('Account'),
  'Feature Request': () => __('Feature Request'),
  'Bug Report': () => __('Bug Report'),
  Other: () => __('Other'),
}
const KINDS = /^(HD Ticket (Status|Priority|Type|Category)|status|priority|ticket_type|category)$/
export const shippedName = (name: string): string => SHIPPED[name]?.() ?? name
/** The same for a record of any DocType, or a value of any field. */
export const shippedNameIn = (kind: string, name: string): string => KINDS.test(kind) ? shippedName(name) : name // prettier-ignore
