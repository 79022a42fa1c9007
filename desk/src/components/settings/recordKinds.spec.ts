import { expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import type { DeskConfig } from '@/api/session'
import label from '../../../../helpdesk/helpdesk/doctype/hd_ticket_label/hd_ticket_label.json'
import template from '../../../../helpdesk/helpdesk/doctype/hd_ticket_template/hd_ticket_template.json'
import { RECORD_KINDS } from './recordKinds'
import { TABS } from '@/lib/settingsTabs'

it('each kind has a tab of its own', () => {
  const tabs = TABS.map(({ name }) => name)
  expect(Object.keys(RECORD_KINDS).filter((name) => !tabs.includes(name))).toEqual([])
})

it.each(Object.entries(RECORD_KINDS))(
  '%s name every field once, and one is what it is called',
  (_, kind) => {
    // prettier-ignore
    const names = kind.fields.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(kind.fields.some(({ isName }) => isName) || kind.doctype === 'Webhook').toBe(true)
  },
)

it('replies for everybody are not offered where they are forbidden', () => {
  const scope = RECORD_KINDS.replies?.fields.find(({ name }) => name === 'scope')
  const offered = () => (typeof scope?.options === 'function' ? scope.options() : [])
  expect(offered()).toContain('Global')
  useSession().config = { restrict_tickets_by_agent_group: 1, disable_saved_replies_global_scope: 1 } as DeskConfig // prettier-ignore
  expect(offered()).toEqual(['Personal', 'Team'])
})

it.each([
  ['templates', template],
  ['labels', label],
])('%s set all that the record has', (kind, doctype) => {
  const stored = doctype.fields.filter(({ fieldtype }) => !fieldtype.endsWith('Break')).map(({ fieldname }) => fieldname) // prettier-ignore
  expect(RECORD_KINDS[kind]?.fields.map(({ name }) => name).sort()).toEqual(stored.sort())
})

it('labels offer the colors the record knows', () => {
  const known = label.fields.find(({ fieldname }) => fieldname === 'color')?.options?.split('\n')
  expect(RECORD_KINDS.labels?.fields.find(({ name }) => name === 'color')?.options).toEqual(known)
})
