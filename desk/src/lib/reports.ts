/** The script reports of the help desk: what each is called, and what may be asked of it. */
import { __ } from './translate'
import type { FormField } from '@/types/form'

export interface ReportKind {
  /** The name the server knows it by. */
  name: string
  title: string
  hint: string
  filters: FormField[]
}
const span = (): FormField[] => [
  { name: 'from_date', label: __('From'), type: 'date' },
  { name: 'to_date', label: __('Until'), type: 'date' },
]
const bases = () => [
  { value: 'Ticket Type', label: __('Type') },
  { value: 'Ticket Category', label: __('Category') },
  { value: 'Ticket Priority', label: __('Priority') },
  { value: 'Contact', label: __('Contact') },
  { value: 'Assigned To', label: __('Assigned to') },
]
const named = (names: string[]) => names.map((value) => ({ value, label: __(value) }))
const about = (): FormField[] => [
  { name: 'based_on', label: __('By'), type: 'select', options: bases() },
  { name: 'status', label: __('Status'), type: 'link', doctype: 'HD Ticket Status' },
  { name: 'priority', label: __('Priority'), type: 'link', doctype: 'HD Ticket Priority' },
  { name: 'contact', label: __('Contact'), type: 'link', doctype: 'Contact' },
  { name: 'assigned_to', label: __('Agent'), type: 'link', doctype: 'HD Agent' },
]
export const reportKinds = (): ReportKind[] => [
  { name: 'Ticket Summary', title: __('Ticket summary'), hint: __('Where the tickets of each group stand, and how fast they were.'), filters: [...span(), ...about()] },
  { name: 'Ticket Analytics', title: __('Ticket analytics'), hint: __('How many tickets there were per week, month or year.'), filters: [...span(), { name: 'range', label: __('Per'), type: 'select', options: named(['Weekly', 'Monthly', 'Quarterly', 'Yearly']) }, ...about()] },
  { name: 'First Response Time for Tickets', title: __('First response time'), hint: __('How long people waited for the first answer, day by day.'), filters: span() },
  { name: 'Support Hour Distribution', title: __('Hours of the day'), hint: __('At which hours tickets are created.'), filters: span() },
  { name: 'Ticket Search Analysis', title: __('What articles would have answered'), hint: __('The latest tickets, and the passage of the knowledge base that fits best.'), filters: [] },
] // prettier-ignore
