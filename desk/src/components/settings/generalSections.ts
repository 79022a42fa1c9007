/** How the help desk works as a whole: every field of HD Settings that people set, in sections, as data. */
import { __ } from '@/lib/translate'
import type { Values } from '@/composables/useForm'
import type { FormField } from '@/types/form'

export interface Section {
  title: string
  fields: FormField[]
}
const OPEN_STATUS = { category: 'Open', enabled: 1 }
const MAILS = [
  { value: 'acknowledgement', label: __('A ticket has arrived') },
  { value: 'share_feedback', label: __('How was it?') },
  { value: 'reply_to_agents', label: __('A customer has answered') },
  { value: 'reply_via_agent', label: __('An agent has answered') },
]
const isRestricted = (values: Values) => Boolean(values.restrict_tickets_by_agent_group)

export const SECTIONS: Section[] = [
  {
    title: __('Name and looks'),
    fields: [
      { name: 'brand_name', label: __('Name of the help desk'), type: 'text', longest: 30, hint: __('Stands in the sidebar, on the sign-in page and in mails. At most 30 characters.') },
      { name: 'brand_logo', label: __('Logo'), type: 'image', hint: __('Best a square picture; it is shown in the sidebar and on public pages.') },
      { name: 'favicon', label: __('Icon in the browser tab'), type: 'image', hint: __('A small square picture.') },
    ],
  },
  {
    title: __('Customers'),
    fields: [
      { name: 'public_knowledge_base', label: __('Articles are public'), type: 'check', hint: __('Published articles can be read without an account, and search engines find them.') },
      { name: 'prefer_knowledge_base', label: __('Customers begin in the knowledge base'), type: 'check', hint: __('After signing in they see articles first instead of their tickets.') },
      { name: 'is_feedback_mandatory', label: __('Customers rate when they close a ticket'), type: 'check', hint: __('They choose stars and a reason before the ticket is closed.') },
      { name: 'feedback_delay_hours', label: __('Hours until a mail asks how it was'), type: 'number', hint: __('Counted from the status that E-mail texts name; 0: at once. Nobody is asked twice about a ticket.') },
      { name: 'feedback_reminder_days', label: __('Days until it asks once more'), type: 'number', hint: __('Who has not answered is reminded once; 0: never.') },
      { name: 'feedback_edit_days', label: __('Days in which an answer may be changed'), type: 'number', hint: __('By the link in the mail; 0: never.') },
      { name: 'allow_anyone_to_create_tickets', label: __('Anyone may create tickets'), type: 'check', hint: __('Without an account, too, through the form for guests.') },
      { name: 'guest_link_days', label: __('Days until a guest’s link expires'), type: 'number', hint: __('Who has no account follows a request by a secret link; 30 if left empty.') },
      { name: 'forbid_customer_attachments', label: __('Customers send no files'), type: 'check', hint: __('Neither in the portal nor through the form for guests. What comes by mail is not affected.') },
      { name: 'max_attachment_mb', label: __('Largest file on a ticket (MB)'), type: 'number', hint: __('For agents and customers, mails apart; 0: as the system settings say.') },
      { name: 'attachment_types', label: __('Files that are taken'), type: 'text', hint: __('Their endings, such as pdf, png, docx. Left empty: all.') },
      { name: 'auto_set_customer_from_contact', label: __('A ticket belongs to the customer of its contact'), type: 'check', hint: __('Otherwise agents choose the customer by hand.') },
      { name: 'show_customer_portal_permission_notice', label: __('Remind managers of what customers see'), type: 'check', hint: __('Shows managers that contacts see their own tickets only, with a way to change that.') },
    ],
  },
  {
    title: __('Teams'),
    fields: [
      { name: 'restrict_tickets_by_agent_group', label: __('Agents see the tickets of their teams only'), type: 'check', hint: __('Managers and teams that see everything are not affected.') },
      { name: 'do_not_restrict_tickets_without_an_agent_group', label: __('They also see tickets without a team'), type: 'check', when: isRestricted, hint: __('So that new tickets are found by whoever has time.') },
      { name: 'assign_within_team', label: __('Assign inside the team only'), type: 'check', when: isRestricted, hint: __('The people to choose from are those of the ticket’s team.') },
      { name: 'disable_saved_replies_global_scope', label: __('No saved replies for everybody'), type: 'check', hint: __('Agents who are restricted to their teams share replies with these teams only.') },
      { name: 'base_support_rotation', label: __('Rule for tickets without a team'), type: 'link', doctype: 'Assignment Rule', filters: { document_type: 'HD Ticket' }, hint: __('This assignment rule is asked when no team has a rule of its own.') },
    ],
  },
  {
    title: __('Tickets'),
    fields: [
      { name: 'default_ticket_status', label: __('Status of new tickets'), type: 'link', doctype: 'HD Ticket Status', filters: OPEN_STATUS, hint: __('Where the SLA of a ticket names none.') },
      { name: 'ticket_reopen_status', label: __('Status of reopened tickets'), type: 'link', doctype: 'HD Ticket Status', filters: OPEN_STATUS, hint: __('What a ticket becomes when the customer writes again.') },
      { name: 'default_ticket_type', label: __('Type to begin with'), type: 'link', doctype: 'HD Ticket Type', hint: __('Used when nobody has chosen a type.') },
      { name: 'use_categories', label: __('Tickets have a category'), type: 'check', hint: __('Beside the type: what a ticket is about, in words that customers choose, too.') },
      { name: 'require_category', label: __('A new ticket needs a category'), type: 'check', when: (values) => Boolean(values.use_categories), hint: __('In the forms of agents and customers. Mails, guests and programs may come without one.') },
      { name: 'default_priority', label: __('Priority to begin with'), type: 'link', doctype: 'HD Ticket Priority', hint: __('Used when neither the type nor anybody says otherwise.') },
      { name: 'update_status_to', label: __('Status after an agent’s reply'), type: 'link', doctype: 'HD Ticket Status', hint: __('Left empty, a reply does not change the status.') },
      { name: 'auto_close_status', label: __('Close by itself what stays in this status'), type: 'link', doctype: 'HD Ticket Status', filters: { category: ['in', ['Paused', 'Resolved']], enabled: 1 }, hint: __('Left empty, nothing is closed by itself.') },
      { name: 'auto_close_after_days', label: __('Days until it is closed'), type: 'number', when: (values) => Boolean(values.auto_close_status), hint: __('Counted from the last word in the ticket; at least 1.') },
      { name: 'customers_reopen_days', label: __('Days in which customers reopen'), type: 'number', hint: __('So long after it was closed a ticket from the portal is opened again by its requester; 0: never.') },
      { name: 'auto_archive_after_days', label: __('Days until a resolved ticket is archived'), type: 'number', hint: __('Counted from when it was resolved or last changed; 0: never. Archived tickets leave the lists, are found by search, and come back when their requester writes.') },
      { name: 'require_resolution_details', label: __('Agents say how it was solved'), type: 'check', hint: __('Resolving a ticket asks for a few words, if there are none yet.') },
      { name: 'ticket_reference_prefix', label: __('What stands before ticket numbers'), type: 'text', longest: 11, hint: __('Up to ten letters and digits, perhaps with a dash at the end, such as TKT-. Left empty: #.') },
      { name: 'ticket_reference_digits', label: __('Digits of ticket numbers'), type: 'number', when: (values) => Boolean(values.ticket_reference_prefix), hint: __('Shorter numbers are filled up with zeros: 4 makes TKT-0042.') },
      { name: 'sla_warning_percent', label: __('Warn when so much of the time is used (%)'), type: 'number', hint: __('From 1 to 99; 75 if left empty. The promise turns amber, and the agents of the ticket are told.') },
      { name: 'enable_comment_reactions', label: __('Reactions to comments'), type: 'check', hint: __('Agents may answer an internal note with an emoji.') },
    ],
  },
  {
    title: __('Outside working hours'),
    fields: [
      { name: 'enable_outside_hours_banner', label: __('Tell customers when nobody is there'), type: 'check', hint: __('A banner above new tickets and replies, by the working hours of the SLA.') },
      { name: 'outside_working_hours_message', label: __('What to tell them'), type: 'textarea', when: (values) => Boolean(values.enable_outside_hours_banner), hint: __('{0} stands for the day on which you are back.', '{{ next_working_day }}') },
    ],
  },
  {
    title: __('E-mail'),
    fields: [
      { name: 'skip_email_workflow', label: __('Send no e-mails'), type: 'check', hint: __('Replies are read in the portal only, and nobody is written to.') },
      { name: 'instantly_send_email', label: __('Send at once'), type: 'check', hint: __('Mails leave with the reply instead of with the next run of the queue; writing takes a little longer.') },
      { name: 'mailbox_texts', label: __('Texts of single mailboxes'), type: 'table', hint: __('Instead of the texts under “E-mail texts”, for mails from this mailbox. HTML with Jinja.'), fields: [
        { name: 'email_account', label: __('Mailbox'), type: 'link', doctype: 'Email Account' },
        { name: 'notification', label: __('Mail'), type: 'select', options: MAILS },
        { name: 'content', label: __('Text'), type: 'code', rows: 4 },
      ] },
    ],
  },
  {
    title: __('Search in the knowledge base'),
    fields: [
      { name: 'subject_weight', label: __('Weight of the title'), type: 'number', hint: __('The higher, the further up an article whose title contains the words.') },
      { name: 'headings_weight', label: __('Weight of headings'), type: 'number', hint: __('The same for headings inside the article.') },
      { name: 'description_weight', label: __('Weight of the text'), type: 'number', hint: __('The same for the text.') },
      { name: 'name_weight', label: __('Weight of the number'), type: 'number', hint: __('The same for the name of the record.') },
    ],
  },
] // prettier-ignore

/** Belongs to the web site, which decides about accounts. */
export const SIGN_UP: FormField = { name: 'disable_signup', label: __('Only invited people get an account'), type: 'check', hint: __('The sign-in page offers no registration then.') } // prettier-ignore
export const FIELDS = SECTIONS.flatMap(({ fields }) => fields)

/** What is stored together with a field, because one is nothing without the other. */
export function alongside(name: string, value: unknown, values: Values): Values {
  if (name === 'update_status_to') return { auto_update_status: value ? 1 : 0 }
  if (name === 'auto_close_status') return { auto_close_tickets: value ? 1 : 0 }
  const isBare =
    !values.do_not_restrict_tickets_without_an_agent_group && !values.assign_within_team
  return name === 'restrict_tickets_by_agent_group' && value && isBare ? { do_not_restrict_tickets_without_an_agent_group: 1 } : {} // prettier-ignore
}

const RESTRICTIONS = ['do_not_restrict_tickets_without_an_agent_group', 'assign_within_team']
/** Why a switch may not be turned now; empty when it may. */
export function objection(name: string, value: unknown, values: Values): string {
  const other = RESTRICTIONS.find((one) => one !== name) ?? ''
  const isLast = RESTRICTIONS.includes(name) && isRestricted(values) && !value && !values[other]
  return isLast ? __('One of the two must stay on while agents are restricted to their teams.') : ''
}
