import { beforeEach, expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import DependenciesTab from './DependenciesTab.vue'

const API = 'helpdesk.api.settings.field_dependency'
const FIELDS = [
  { fieldname: 'custom_area', label: 'Area', fieldtype: 'Select', options: 'Hardware\nSoftware' },
  { fieldname: 'priority', label: 'Priority', fieldtype: 'Link', options: 'HD Ticket Priority' },
  { fieldname: 'subject', label: 'Subject', fieldtype: 'Data', options: null },
]
const NAME = 'Field Dependency-custom_area-priority'
let stored: object[] = []

beforeEach(() => {
  stored = []
  answers('helpdesk.api.doc.get_filterable_fields', FIELDS)
  answers('frappe.client.get_list', ({ doctype }) => doctype === 'HD Form Script' ? stored : [{ name: 'High' }, { name: 'Low' }]) // prettier-ignore
  answers(`${API}.create_update_field_dependency`, NAME)
})
const saved = () => asked.find(({ method }) => method.endsWith('create_update_field_dependency'))?.args // prettier-ignore

it('two fields are chosen, their values put together, and the whole is saved', async () => {
  renderInDesk(DependenciesTab)
  await screen.findByText('No dependencies yet: every field may have every value.')
  await fireEvent.click(screen.getByRole('button', { name: 'New' }))
  expect(screen.queryByRole('option', { name: 'Subject' })).toBeNull()
  await fireEvent.update(screen.getByLabelText('This field decides'), 'custom_area')
  await fireEvent.update(screen.getByLabelText('… about this one'), 'priority')
  await fireEvent.click(await screen.findByLabelText('High'))
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(saved()).toMatchObject({ parent_field: 'custom_area', child_field: 'priority', enabled: true, parent_child_mapping: '{"Hardware":["High"]}' })) // prettier-ignore
})

it('a stored one is named by its fields, and opens with what it holds', async () => {
  stored = [{ name: NAME, enabled: 1 }]
  answers(`${API}.get_field_dependency`, { parent_field: 'custom_area', child_field: 'priority', enabled: 1, parent_child_mapping: { Software: ['Low'] }, fields_criteria: { display: { enabled: true, value: [{ value: 'Software' }] } } }) // prettier-ignore
  renderInDesk(DependenciesTab)
  await fireEvent.click(await screen.findByRole('button', { name: 'Area decides about Priority' }))
  await waitFor(() => expect(screen.getByRole('button', { name: /Software.*1/ })).toBeTruthy())
  expect(screen.getByRole('button', { name: 'Software', pressed: true })).toBeTruthy()
  expect(screen.queryByText('Not saved')).toBeNull()
})
