import { expect, it } from 'vitest'
import { alongside, FIELDS, objection } from './generalSections'
import doctype from '../../../../helpdesk/helpdesk/doctype/hd_settings/hd_settings.json'

/** Set in the tabs of e-mail texts and of the widget, kept together with another field, or a mark the help desk makes for itself. */
const ELSEWHERE = /_content$|_email_to_agent$|_email_via_agent$|^enable_email_ticket_feedback$|^send_|^auto_update_status$|^auto_close_tickets$|^widget_/ // prettier-ignore
const MARKS = ['setup_complete', 'initial_helpdesk_name_setup_skipped', 'persona_captured']

it('every field of the settings can be set, and says what it does', () => {
  const named = doctype.fields.filter(({ fieldtype }) => !fieldtype.endsWith('Break')).map(({ fieldname }) => fieldname) // prettier-ignore
  const missing = named.filter((name) => !ELSEWHERE.test(name) && !MARKS.includes(name) && !FIELDS.some((field) => field.name === name)) // prettier-ignore
  expect(missing).toEqual([])
  expect(FIELDS.filter(({ hint }) => !hint)).toEqual([])
  expect(FIELDS.filter(({ name }) => !named.includes(name))).toEqual([])
})

it('a chosen status turns its feature on', () => {
  expect(alongside('auto_close_status', 'Replied', {})).toEqual({ auto_close_tickets: 1 })
  expect(alongside('update_status_to', '', {})).toEqual({ auto_update_status: 0 })
})

it('restricting agents to teams keeps one of the two exceptions', () => {
  expect(alongside('restrict_tickets_by_agent_group', 1, {})).toEqual({ do_not_restrict_tickets_without_an_agent_group: 1 }) // prettier-ignore
  const on = { restrict_tickets_by_agent_group: 1, assign_within_team: 1 }
  expect(objection('assign_within_team', 0, on)).toContain('must stay on')
  expect(objection('assign_within_team', 0, { ...on, do_not_restrict_tickets_without_an_agent_group: 1 })).toBe('') // prettier-ignore
})
