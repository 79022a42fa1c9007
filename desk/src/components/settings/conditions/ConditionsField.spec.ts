import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers } from '@/test/server'
import { renderInDesk } from '@/test/render'
import ConditionsField from './ConditionsField.vue'

const FIELDS = [
  { fieldname: 'subject', fieldtype: 'Data', label: 'Subject', options: null },
  { fieldname: 'priority', fieldtype: 'Select', label: 'Priority', options: 'High\nLow' },
]

function build(json: string | null, expression: string | null) {
  answers('helpdesk.api.doc.get_filterable_fields', FIELDS)
  const view = renderInDesk(ConditionsField, { label: 'Assign when', json, expression, 'onUpdate:json': (next: string | null) => void view.rerender({ json: next }), 'onUpdate:expression': (next: string | null) => void view.rerender({ expression: next }) }) // prettier-ignore
  return view
}

it('builds a condition, and writes it for the server only when it is complete', async () => {
  const { emitted } = build(null, null)
  await fireEvent.click(screen.getByRole('button', { name: 'Add a condition' }))
  expect(screen.getByRole('alert').textContent).toContain('not filled in')
  await waitFor(() => screen.getByRole('option', { name: 'Priority' }))
  await fireEvent.update(screen.getByLabelText('Field'), 'priority')
  await fireEvent.update(screen.getByLabelText('Value'), 'High')
  expect((emitted('update:expression') as unknown[][]).at(-1)).toEqual(['priority == "High"'])
  expect(screen.queryByRole('alert')).toBeNull()
})

it('joins a level by one word', async () => {
  const { emitted } = build('[["subject","==","a"],"and",["subject","==","b"]]', 'x')
  await fireEvent.click(screen.getByRole('button', { name: 'Joined by “and”; change' }))
  expect((emitted('update:expression') as unknown[][]).at(-1)).toEqual(['subject == "a" or subject == "b"']) // prettier-ignore
})

it('shows a script that was written by hand, and leaves it alone', () => {
  build(null, "doc.priority == 'Urgent'")
  expect(screen.getByText("doc.priority == 'Urgent'")).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Add a condition' })).toBeNull()
})
