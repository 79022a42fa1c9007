/** What can be set up as lists of records: their fields, as data. */
import { COLORS } from '@/lib/colors'
import { __ } from '@/lib/translate'
import type { RecordKind } from '@/types/form'

const WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ROUTING = ['Round Robin', 'Load Balancing', 'Based on Field']

export const RECORD_KINDS: Record<string, RecordKind> = {
  teams: {
    doctype: 'HD Team', one: __('Team'), title: 'team_name', toggle: { field: 'disabled', on: 0 },
    fields: [
      { name: 'team_name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'ignore_restrictions', label: __('Members see the tickets of all teams'), type: 'check' },
      { name: 'users', label: __('Members'), type: 'table', required: true, fields: [{ name: 'user', label: __('Agent'), type: 'link', doctype: 'HD Agent' }] },
    ],
  },
  agents: {
    doctype: 'HD Agent', one: __('Agent'), title: 'agent_name', subtitle: 'user', toggle: { field: 'is_active', on: 1 }, defaults: { is_active: 1 },
    fields: [
      { name: 'user', label: __('User'), type: 'link', doctype: 'User', required: true, isName: true },
      { name: 'agent_name', label: __('Name'), type: 'text', required: true },
      { name: 'is_active', label: __('Active'), type: 'check' },
    ],
  },
  replies: {
    doctype: 'HD Saved Reply', one: __('Saved reply'), title: 'title', subtitle: 'scope', defaults: { scope: 'Personal' },
    fields: [
      { name: 'title', label: __('Title'), type: 'text', required: true },
      { name: 'scope', label: __('Who may use it'), type: 'select', options: ['Personal', 'Team', 'Global'], required: true },
      { name: 'teams', label: __('Teams'), type: 'table', fields: [{ name: 'team', label: __('Team'), type: 'link', doctype: 'HD Team' }] },
      { name: 'message', label: __('Text'), type: 'textarea', required: true, hint: __('Write {0} to fill in a field of the ticket.', '{{ subject }}') },
    ],
  },
  statuses: {
    doctype: 'HD Ticket Status', one: __('Status'), title: 'label_agent', subtitle: 'category', toggle: { field: 'enabled', on: 1 }, defaults: { enabled: 1, category: 'Open', color: 'Blue' },
    fields: [
      { name: 'label_agent', label: __('Name for agents'), type: 'text', required: true, isName: true },
      { name: 'different_view', label: __('Customers read another name'), type: 'check' },
      { name: 'label_customer', label: __('Name for customers'), type: 'text' },
      { name: 'category', label: __('What it means'), type: 'select', options: ['Open', 'Paused', 'Resolved'], required: true },
      { name: 'color', label: __('Color'), type: 'select', options: COLORS },
      { name: 'order', label: __('Place in lists'), type: 'number' },
    ],
  },
  priorities: {
    doctype: 'HD Ticket Priority', one: __('Priority'), title: 'name', subtitle: 'level', toggle: { field: 'disabled', on: 0 }, defaults: { level: 'Medium' },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'level', label: __('Level'), type: 'select', options: ['Urgent', 'High', 'Medium', 'Low'], required: true },
      { name: 'description', label: __('Description'), type: 'textarea' },
    ],
  },
  types: {
    doctype: 'HD Ticket Type', one: __('Type'), title: 'name', subtitle: 'description', toggle: { field: 'disabled', on: 0 },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'textarea' },
      { name: 'priority', label: __('Priority to begin with'), type: 'link', doctype: 'HD Ticket Priority' },
    ],
  },
  templates: {
    doctype: 'HD Ticket Template', one: __('Template'), title: 'name',
    fields: [
      { name: 'template_name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'about', label: __('Text above the form'), type: 'textarea' },
      { name: 'description_template', label: __('Description to begin with'), type: 'textarea' },
      { name: 'fields', label: __('Fields'), type: 'table', fields: [
        { name: 'fieldname', label: __('Field'), type: 'text' },
        { name: 'placeholder', label: __('Placeholder'), type: 'text' },
        { name: 'required', label: __('Required'), type: 'check' },
        { name: 'hide_from_customer', label: __('Agents only'), type: 'check' },
      ] },
    ],
  },
  sla: {
    doctype: 'HD Service Level Agreement', one: __('SLA'), title: 'service_level', subtitle: 'description', toggle: { field: 'enabled', on: 1 },
    defaults: { enabled: 1, apply_sla_for_resolution: 1 },
    fields: [
      { name: 'service_level', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'text' },
      { name: 'default_sla', label: __('For every ticket that no other SLA claims'), type: 'check' },
      { name: 'condition', label: __('Condition'), type: 'textarea', hint: __('For example {0}', "doc.priority == 'Urgent'") },
      { name: 'start_date', label: __('Valid from'), type: 'date' },
      { name: 'end_date', label: __('Valid until'), type: 'date' },
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
    doctype: 'HD Service Holiday List', one: __('Holiday list'), title: 'holiday_list_name', subtitle: 'description',
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
    doctype: 'Assignment Rule', one: __('Assignment rule'), title: 'name', subtitle: 'description', toggle: { field: 'disabled', on: 0 },
    defaults: { document_type: 'HD Ticket', rule: 'Round Robin', priority: 2, assignment_days: WEEK.map((day) => ({ day })) },
    fields: [
      { name: 'name', label: __('Name'), type: 'text', required: true, isName: true },
      { name: 'description', label: __('Description'), type: 'text', required: true },
      { name: 'priority', label: __('Priority, 0 to 4'), type: 'number' },
      { name: 'assign_condition', label: __('Assign when'), type: 'textarea', required: true, hint: __('For example {0}', "status == 'Open'") },
      { name: 'unassign_condition', label: __('Take back when'), type: 'textarea' },
      { name: 'rule', label: __('Whose turn it is'), type: 'select', options: ROUTING, required: true },
      { name: 'users', label: __('Agents'), type: 'table', fields: [{ name: 'user', label: __('Agent'), type: 'link', doctype: 'HD Agent' }] },
      { name: 'assignment_days', label: __('Days'), type: 'table', required: true, fields: [{ name: 'day', label: __('Day'), type: 'select', options: WEEK }] },
    ],
  },
  feedback: {
    doctype: 'HD Ticket Feedback Option', one: __('Feedback option'), title: 'label', toggle: { field: 'disabled', on: 0 }, defaults: { rating: 1 },
    fields: [
      { name: 'label', label: __('Text'), type: 'text', required: true, isName: true },
      { name: 'rating', label: __('Stars as a fraction of five: 0.2 to 1'), type: 'number', required: true },
    ],
  },
} // prettier-ignore
