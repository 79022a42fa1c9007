import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { answers } from '@/test/server'
import { renderInDesk } from '@/test/render'
import type { FormField } from '@/types/form'
import RecordField from './RecordField.vue'

const show = (field: Partial<FormField>, values: object) =>
  renderInDesk(RecordField, { field: { name: 'it', label: 'It', type: 'text', ...field }, values })

it('an input sets its own field', async () => {
  const { emitted } = show({}, { it: 'old' })
  await fireEvent.update(screen.getByLabelText('It'), 'new')
  expect(emitted('set')).toEqual([['it', 'new']])
})

it('rows mark the one that another field names', () => {
  show({ type: 'table', fields: [{ name: 'user', label: 'Agent', type: 'text' }], mark: { column: 'user', by: 'last_user', label: 'Last' } }, { it: [{ user: 'anna@x' }], last_user: 'anna@x' }) // prettier-ignore
  expect(screen.getByText('Last')).toBeTruthy()
})

it('conditions set both what the editor keeps and what the server asks', async () => {
  answers('helpdesk.api.doc.get_filterable_fields', [])
  const { emitted } = show({ type: 'conditions', conditions: { json: 'it_json', prefix: '' } }, { it: 'subject == "a"', it_json: '[["subject","==","a"]]' }) // prettier-ignore
  await fireEvent.click(screen.getByRole('button', { name: 'Remove condition 1' }))
  expect(emitted('set')).toEqual([['it_json', null], ['it', null]]) // prettier-ignore
})
