/** The statuses that come with the app, in a customer's language; words of the team's own stand as they were written. */
import { __ } from './translate'

const SHIPPED: Record<string, () => string> = {
  Open: () => __('Open'),
  Replied: () => __('Replied'),
  'Awaiting Response': () => __('Awaiting Response'),
  Resolved: () => __('Resolved'),
  Closed: () => __('Closed'),
}
export const inCustomersWords = (label: string): string => SHIPPED[label]?.() ?? label
