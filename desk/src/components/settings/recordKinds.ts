/** What can be set up as lists of records: their fields, as data. */
import { listReplyVariables } from '@/api/composing'
import { __ } from '@/lib/translate'
import { useSession } from '@/stores/session'
import type { RecordKind } from '@/types/form'

const WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const isNotDefault = (values: Record<string, unknown>) => !values.default_sla
const LABEL_COLORS = [
  'Gray',
  'Blue',
  'Green',
  'Red',
  'Pink',
  'Orange',
  'Amber',
  'Yellow',
  'Cyan',
  'Teal',
  'Violet',
  'purple',
]
const ROUTING = [
  { label: __('Round Robin'), value: 'Round Robin' },
  { label: __('Load Balancing'), value: 'Load Balancing' },
]
const IMPORTANCE = [__('Low'), __('Low to medium'), __('Medium'), __('Medium to high'), __('High')].map((label, value) => ({ label, value: String(value) })) // prettier-ignore

/** Nothing is for everybody where agents are restricted to their teams and the settings say so. */
function scopes(): string[] {
  const { config } = useSession()
  const isForbidden =
    config?.restrict_tickets_by_agent_group && config.disable_saved_replies_global_scope
  return isForbidden ? ['Personal', 'Team'] : ['Personal', 'Team', 'Global']
}

export const RECORD_KINDS: Record<string, RecordKind> = {
  teams: {
    doctype: 'HD Team', one: __('Team'),
    hint: __('Agents who share their tickets. A ticket belongs to at most one team.'),
    title: 'team_name', mayRename: true, toggle: { field: 'disabled', on: 0 },
    fields: [
      { name: 'team_name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'ignore_restrictions', label: __('Members see the tickets of all teams'), type: 'check' },
      { name: 'disable_ai', label: __('Nothing of its tickets is sent to the AI service'), type: 'check' },
      { name: 'users', label: __('Members'), type: 'table', required: true, fields: [{ name: 'user', label: __('Agent'), type: 'link', doctype: 'HD Agent' }] },
    ],
  },
  replies: {
    doctype: 'HD Saved Reply', one: __('Saved reply'), title: 'title', subtitle: 'scope', defaults: { scope: 'Personal' }, copyDefaults: {}, mayRename: true,
    hint: __('Texts to use again, filled in with the ticket and with your name.'),
    fields: [
      { name: 'title', label: __('Title'), type: 'text', required: true, isName: true },
      { name: 'code', label: __('Code'), type: 'text', hint: __('Typed behind a slash while writing, it inserts the text: {0}. Small letters, digits and dashes.', '/activation-help') },
      { name: 'scope', label: __('Who may use it'), type: 'select', options: scopes, required: true, hint: __('Personal: you alone. Team: the members of the teams below. Global: every agent.') },
      { name: 'teams', label: __('Teams'), type: 'table', required: true, when: ({ scope }) => scope === 'Team', fields: [{ name: 'team', label: __('Team'), type: 'link', doctype: 'HD Team' }] },
      { name: 'message', label: __('Text'), type: 'richtext', required: true, variables: listReplyVariables, hint: __('Type {0} to choose what is filled in: something of the ticket or of you.', '{{') },
    ],
  },
  statuses: {
    doctype: 'HD Ticket Status', one: __('Status'), title: 'label_agent', subtitle: 'category', toggle: { field: 'enabled', on: 1 }, defaults: { enabled: 1, category: 'Open', color: 'Blue' }, position: 'order', dot: 'color', mayRename: true,
    hint: __('In the order in which people choose from them. The category says what a status does to the clock of the SLA.'),
    fields: [
      { name: 'label_agent', label: __('Name for agents'), type: 'text', required: true, isName: true },
      { name: 'different_view', label: __('Customers read another name'), type: 'check', hint: __('“Replied”, say, may be “Awaiting your answer” to them.') },
      { name: 'label_customer', label: __('Name for customers'), type: 'text', required: true, when: ({ different_view }) => Boolean(different_view) },
      { name: 'category', label: __('What it means'), type: 'select', options: [{ label: __('Open'), value: 'Open' }, { label: __('Paused'), value: 'Paused' }, { label: __('Resolved'), value: 'Resolved' }], required: true, hint: __('Open: it is our turn, the clock runs. Paused: we wait, the clock stands still. Resolved: done.') },
      { name: 'color', label: __('Color'), type: 'color' },
    ],
  },
  priorities: {
    doctype: 'HD Ticket Priority', one: __('Priority'),
    hint: __('How urgent tickets are. The SLA promises times by priority.'),
    title: 'name', mayRename: true, subtitle: 'level', orderBy: 'integer_value', toggle: { field: 'disabled', on: 0 }, defaults: { level: 'Medium' },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'level', label: __('Level'), type: 'select', options: [{ label: __('Urgent'), value: 'Urgent' }, { label: __('High'), value: 'High' }, { label: __('Medium'), value: 'Medium' }, { label: __('Low'), value: 'Low' }], required: true },
      { name: 'description', label: __('Description'), type: 'textarea' },
    ],
  },
  types: {
    doctype: 'HD Ticket Type', one: __('Type'),
    hint: __('What tickets are about, for filters and reports.'),
    title: 'name', mayRename: true, subtitle: 'description', toggle: { field: 'disabled', on: 0 }, counts: { holds: true },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'textarea' },
      { name: 'priority', label: __('Priority to begin with'), type: 'link', doctype: 'HD Ticket Priority' },
    ],
  },
  categories: {
    doctype: 'HD Ticket Category', one: __('Category'),
    hint: __('What tickets are about, in the order in which people choose. Whether tickets have a category at all is said under “General”.'),
    title: 'name', mayRename: true, subtitle: 'description', toggle: { field: 'enabled', on: 1 }, defaults: { enabled: 1, for_customers: 1, color: 'Gray' }, position: 'order', dot: 'color', counts: { holds: true },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'textarea' },
      { name: 'color', label: __('Color'), type: 'color' },
      { name: 'team', label: __('Team of these tickets'), type: 'link', doctype: 'HD Team', hint: __('Unless the ticket has a team already.') },
      { name: 'skills', label: __('Skills that these tickets need'), type: 'text', hint: __('With commas between them. Assignment rules choose among agents who have all of these, as long as one of them is there.') },
      { name: 'for_customers', label: __('Customers may choose it'), type: 'check' },
    ],
  },
  labels: {
    doctype: 'HD Ticket Label', one: __('Label'), title: 'label', subtitle: 'description', dot: 'color', defaults: { color: 'Gray' }, counts: { holds: false },
    hint: __('Tags of tickets with a color of their own. Other tags may be given, too.'),
    fields: [
      { name: 'label', label: __('Name'), type: 'text', required: true, isName: true, hint: __('Without a comma.') },
      { name: 'color', label: __('Color'), type: 'color', options: LABEL_COLORS },
      { name: 'description', label: __('Description'), type: 'textarea' },
    ],
  },
  templates: {
    doctype: 'HD Ticket Template', one: __('Template'), title: 'name', copyDefaults: {}, mayRename: true,
    hint: __('What a new ticket asks for. Subject and description are always there; “Default” is used when nobody chooses another one.'),
    fields: [
      { name: 'template_name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'about', label: __('Text above the form'), type: 'code', rows: 4, hint: __('HTML, such as what to say in the description.') },
      { name: 'fields', label: __('Fields, in the order of the form'), type: 'table', isOrdered: true, fields: [
        { name: 'fieldname', label: __('Field'), type: 'ticketfield' },
        { name: 'placeholder', label: __('Placeholder'), type: 'text' },
        { name: 'required', label: __('Required'), type: 'check' },
        { name: 'hide_from_customer', label: __('Agents only'), type: 'check' },
      ] },
      { name: 'subject_template', label: __('Subject to begin with'), type: 'text' },
      { name: 'description_template', label: __('Description to begin with'), type: 'richtext' },
      { name: 'preset_team', label: __('Team of these tickets'), type: 'link', doctype: 'HD Team', hint: __('Unless whoever files the ticket chooses another one.') },
      { name: 'preset_agent', label: __('Agent of these tickets'), type: 'link', doctype: 'HD Agent', hint: __('New tickets are assigned to this person at once.') },
    ],
  },
  sla: {
    doctype: 'HD Service Level Agreement', one: __('SLA'),
    hint: __('By when tickets are answered and resolved. The first SLA whose conditions fit counts, else the one for every ticket.'),
    title: 'service_level', mayRename: true, subtitle: 'description', toggle: { field: 'enabled', on: 1 }, copyDefaults: { enabled: 1, default_sla: 0 },
    defaults: { enabled: 1, apply_sla_for_resolution: 1, support_and_resolution: WEEK.slice(0, 5).map((workday) => ({ workday, start_time: '09:00:00', end_time: '17:00:00' })) },
    fields: [
      { name: 'service_level', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'text' },
      { name: 'default_sla', label: __('For every ticket that no other SLA claims'), type: 'check' },
      { name: 'condition', label: __('For tickets that fit'), type: 'conditions', when: isNotDefault, conditions: { json: 'condition_json', prefix: 'doc.' } },
      { name: 'start_date', label: __('Valid from'), type: 'date', when: isNotDefault },
      { name: 'end_date', label: __('Valid until'), type: 'date', when: isNotDefault },
      { name: 'apply_sla_for_resolution', label: __('Promise a time for the resolution, too'), type: 'check' },
      { name: 'priorities', label: __('Times'), type: 'table', required: true, fields: [
        { name: 'priority', label: __('Priority'), type: 'link', doctype: 'HD Ticket Priority' },
        { name: 'response_time', label: __('First response'), type: 'duration' },
        { name: 'resolution_time', label: __('Resolution'), type: 'duration' },
        { name: 'default_priority', label: __('Default'), type: 'check' },
      ] },
      { name: 'holiday_list', label: __('Holidays'), type: 'link', doctype: 'HD Service Holiday List', required: true },
      { name: 'support_and_resolution', label: __('Working hours'), type: 'table', required: true, fields: [
        { name: 'workday', label: __('Day'), type: 'select', options: WEEK },
        { name: 'start_time', label: __('From'), type: 'time' },
        { name: 'end_time', label: __('Until'), type: 'time' },
      ] },
      { name: 'default_ticket_status', label: __('Status of new tickets'), type: 'link', doctype: 'HD Ticket Status' },
      { name: 'ticket_reopen_status', label: __('Status of reopened tickets'), type: 'link', doctype: 'HD Ticket Status' },
    ],
  },
  holidays: {
    doctype: 'HD Service Holiday List', one: __('Holiday list'),
    hint: __('Days on which the clock of the SLA stands still.'),
    title: 'holiday_list_name', mayRename: true, subtitle: 'description', copyDefaults: {},
    fields: [
      { name: 'holiday_list_name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'text' },
      { name: 'from_date', label: __('From'), type: 'date', required: true },
      { name: 'to_date', label: __('Until'), type: 'date', required: true },
      { name: 'holidays', label: __('Holidays'), type: 'table', fields: [
        { name: 'holiday_date', label: __('Date'), type: 'date' },
        { name: 'description', label: __('Occasion'), type: 'text' },
      ] },
    ],
  },
  rules: {
    doctype: 'Assignment Rule', one: __('Assignment rule'),
    hint: __('Who gets new tickets by themselves, and when.'),
    title: 'name', mayRename: true, subtitle: 'description', toggle: { field: 'disabled', on: 0 },
    filters: { document_type: 'HD Ticket' }, defaults: { document_type: 'HD Ticket', rule: 'Round Robin', priority: 2, description: '{{ subject }}', assignment_days: WEEK.map((day) => ({ day })) },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'text', required: true },
      { name: 'priority', label: __('Which rule comes first'), type: 'select', options: IMPORTANCE },
      { name: 'assign_condition', label: __('Assign when'), type: 'conditions', required: true, conditions: { json: 'assign_condition_json', prefix: '' } },
      { name: 'unassign_condition', label: __('Take back when'), type: 'conditions', conditions: { json: 'unassign_condition_json', prefix: '' } },
      { name: 'rule', label: __('Whose turn it is'), type: 'select', options: ROUTING, required: true },
      { name: 'users', label: __('Agents'), type: 'table', mark: { column: 'user', by: 'last_user', label: __('Last assigned') }, fields: [{ name: 'user', label: __('Agent'), type: 'link', doctype: 'HD Agent' }] },
      { name: 'assignment_days', label: __('Days'), type: 'ticks', column: 'day', options: WEEK.map((value) => ({ label: __(value), value })), required: true },
    ],
  },
  availability: {
    doctype: 'HD Agent Status', one: __('Availability'),
    hint: __('What agents may say about themselves. New tickets go to those who are active.'),
    title: 'name', mayRename: true, subtitle: 'category', toggle: { field: 'enable', on: 1 }, position: 'status_order', dot: 'color', defaults: { enable: 1, category: 'Active', color: 'Green' },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'category', label: __('What it means'), type: 'select', options: [{ label: __('Active'), value: 'Active' }, { label: __('Away'), value: 'Away' }, { label: __('Unavailable'), value: 'Unavailable' }], required: true },
      { name: 'color', label: __('Color'), type: 'color' },
    ],
  },
  scripts: {
    doctype: 'HD Form Script', one: __('Form script'), title: 'name', subtitle: 'apply_to', toggle: { field: 'enabled', on: 1 }, filters: { is_standard: 0 }, defaults: { dt: 'HD Ticket', apply_to: 'Form', enabled: 1 },
    hint: __('Scripts add buttons to the ticket page and react to changed fields. They run in the browser of whoever opens the form.'),
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'enabled', label: __('Enabled'), type: 'check' },
      { name: 'apply_on_new_page', label: __('In the form of new tickets, too'), type: 'check' },
      { name: 'apply_to_customer_portal', label: __('For customers, too'), type: 'check' },
      { name: 'script', label: __('Script'), type: 'code', required: true },
    ],
  },
  synonyms: {
    doctype: 'HD Synonyms', one: __('Synonyms'), title: 'word', hint: __('Whoever searches for one of these words also finds the others.'),
    fields: [
      { name: 'word', label: __('Word'), type: 'text', required: true, isName: true },
      { name: 'synonyms', label: __('Means the same'), type: 'table', required: true, fields: [{ name: 'synonym', label: __('Word'), type: 'text' }] },
    ],
  },
  stopwords: {
    doctype: 'HD Stopword', one: __('Stopword'), title: 'word', toggle: { field: 'enabled', on: 1 }, defaults: { enabled: 1 }, hint: __('The search passes over these words.'),
    fields: [{ name: 'word', label: __('Word'), type: 'text', required: true, isName: true }, { name: 'enabled', label: __('Enabled'), type: 'check' }],
  },
  feedback: {
    doctype: 'HD Ticket Feedback Option', one: __('Feedback option'),
    hint: __('Reasons customers choose from when they rate a ticket, by the number of stars.'),
    title: 'label', toggle: { field: 'disabled', on: 0 }, defaults: { rating: 1 },
    fields: [
      { name: 'label', label: __('Text'), type: 'text', required: true, isName: true },
      { name: 'rating', label: __('Offered with so many stars'), type: 'select', options: [1, 2, 3, 4, 5].map((stars) => ({ label: String(stars), value: String(stars / 5) })), required: true },
    ],
  },
  webhooks: {
    doctype: 'Webhook', one: __('Webhook'), title: 'request_url', subtitle: 'webhook_docevent', toggle: { field: 'enabled', on: 1 },
    defaults: { enabled: 1, webhook_doctype: 'HD Ticket', webhook_docevent: 'after_insert', request_method: 'POST', request_structure: 'JSON' },
    hint: __('Tells another service what happens here, by calling an address of it.'),
    fields: [
      { name: 'webhook_doctype', label: __('About'), type: 'select', required: true, options: ['HD Ticket', 'HD Ticket Comment', 'Communication', 'HD Customer', 'Contact', 'HD Article'] },
      { name: 'webhook_docevent', label: __('When'), type: 'select', required: true, options: [{ label: __('It is made'), value: 'after_insert' }, { label: __('It is saved'), value: 'on_update' }, { label: __('A value changes'), value: 'on_change' }, { label: __('It is deleted'), value: 'on_trash' }] },
      { name: 'condition', label: __('Only if'), type: 'code', rows: 2, hint: __('An expression about {0}, such as {1}. Left empty: always.', 'doc', 'doc.priority == "Urgent"') },
      { name: 'request_url', label: __('Address'), type: 'text', required: true, hint: __('Begins with https://') },
      { name: 'request_method', label: __('Method'), type: 'select', options: ['POST', 'PUT', 'DELETE'] },
      { name: 'request_structure', label: __('Form of what is sent'), type: 'select', options: ['JSON', 'Form URL-Encoded'] },
      { name: 'webhook_json', label: __('What is sent'), type: 'code', rows: 6, when: ({ request_structure }) => request_structure === 'JSON', hint: __('JSON with Jinja; {0} is the record.', 'doc') },
      { name: 'webhook_data', label: __('Fields that are sent'), type: 'table', when: ({ request_structure }) => request_structure !== 'JSON', fields: [{ name: 'fieldname', label: __('Field'), type: 'text' }, { name: 'key', label: __('Sent as'), type: 'text' }] },
      { name: 'webhook_headers', label: __('Headers'), type: 'table', fields: [{ name: 'key', label: __('Header'), type: 'text' }, { name: 'value', label: __('Value'), type: 'text' }] },
      { name: 'enable_security', label: __('Signed'), type: 'check', hint: __('So that the other side knows that it was us.') },
      { name: 'webhook_secret', label: __('Secret to sign with'), type: 'password', required: true, when: ({ enable_security }) => Boolean(enable_security) },
      { name: 'enabled', label: __('In use'), type: 'check' },
    ],
  },
} // prettier-ignore
