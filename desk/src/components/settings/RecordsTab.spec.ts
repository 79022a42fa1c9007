import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { answerQuestion } from '@/test/question'
import { renderInDesk } from '@/test/render'
import { RECORD_KINDS } from './recordKinds'
import RecordsTab from './RecordsTab.vue'

const kindOf = (name: string) => {
  const kind = RECORD_KINDS[name]
  if (!kind) throw new Error(name)
  return kind
}
const open = (name: string) => renderInDesk(RecordsTab, { kind: kindOf(name), title: 'Them' })

it('switches a record by the one field that says so', async () => {
  answers('frappe.client.get_list', [{ name: 'Billing', team_name: 'Billing', disabled: 0 }])
  answers('frappe.client.set_value', {})
  open('teams')
  await fireEvent.click(
    await waitFor(() => screen.getByRole('switch', { name: 'Billing enabled' })),
  )
  await waitFor(() => expect(asked.find(({ method }) => method === 'frappe.client.set_value')?.args.fieldname).toEqual({ disabled: 1 })) // prettier-ignore
})

it('a new rule comes with its days, and is not saved while something is missing', async () => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.doc.get_filterable_fields', [])
  const { emitted } = open('rules')
  await fireEvent.click(screen.getByRole('button', { name: 'New' }))
  expect(screen.getByRole('button', { name: 'Monday', pressed: true })).toBeTruthy()
  await fireEvent.update(screen.getByLabelText('Name *'), 'Night shift')
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('Assign when is needed.')).toBeTruthy()
  expect(emitted('changed')?.at(-1)).toEqual([true])
})

it('a copy of an agreement has its times but no name', async () => {
  answers('frappe.client.get_list', [{ name: 'Gold', service_level: 'Gold', enabled: 1 }])
  answers('frappe.client.get', { name: 'Gold', service_level: 'Gold', description: 'Fast', default_sla: 1, priorities: [], support_and_resolution: [] }) // prettier-ignore
  answers('helpdesk.api.doc.get_filterable_fields', [])
  open('sla')
  await fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Gold' })))
  await fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Duplicate' })))
  await waitFor(() => screen.getByDisplayValue('Fast'))
  expect(screen.getByLabelText('Name *')).toHaveProperty('value', '')
})

it('moving a status gives each its place, and sends only what changed', async () => {
  answers('frappe.client.get_list', [{ name: 'Open', order: 1 }, { name: 'Replied', order: 3 }, { name: 'Closed', order: 3 }]) // prettier-ignore
  answers('frappe.client.set_value', {})
  open('statuses')
  await fireEvent.click(await screen.findByRole('button', { name: 'Move Closed up' }))
  const sent = () => asked.filter(({ method }) => method === 'frappe.client.set_value').map(({ args }) => [args.name, args.fieldname]) // prettier-ignore
  await waitFor(() => expect(sent()).toEqual([['Closed', { order: 2 }]]))
})

it('going back asks before changes are lost', async () => {
  answers('frappe.client.get_list', [])
  open('stopwords')
  await fireEvent.click(screen.getByRole('button', { name: 'New' }))
  await fireEvent.update(screen.getByLabelText('Word *'), 'the')
  await fireEvent.click(screen.getByRole('button', { name: 'Back' }))
  await answerQuestion(false)
  expect(screen.getByLabelText('Word *')).toHaveProperty('value', 'the')
  await fireEvent.click(screen.getByRole('button', { name: 'Back' }))
  await answerQuestion(true)
  expect(await screen.findByRole('button', { name: 'New' })).toBeTruthy()
})

it('tells a chosen value in the words it was chosen by', async () => {
  answers('frappe.client.get_list', [{ name: 'h', request_url: 'https://x', webhook_docevent: 'after_insert', enabled: 1 }]) // prettier-ignore
  open('webhooks')
  expect(await screen.findByText('It is made')).toBeTruthy()
})

it('counts the tickets of each label, and warns before one that has some is deleted', async () => {
  answers('frappe.client.get_list', [{ name: 'VIP', label: 'VIP', color: 'Red' }])
  answers('frappe.client.get', { name: 'VIP', label: 'VIP', color: 'Red' })
  answers('helpdesk.api.settings.kinds.get_usage', { VIP: 2 })
  open('labels')
  expect(await screen.findByText('2 tickets')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'VIP' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Delete' }))
  expect(await screen.findByText(/2 tickets\. They keep it as a tag/)).toBeTruthy()
})
