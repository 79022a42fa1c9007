import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import type { FormField } from '@/types/form'
import RecordTable from './RecordTable.vue'

const FIELD: FormField = { name: 'users', label: 'Agents', type: 'table', isOrdered: true, mark: { column: 'user', by: 'last_user', label: 'Last' }, fields: [{ name: 'user', label: 'Agent', type: 'text' }] } // prettier-ignore
const ROWS = [{ user: 'anna@x', idx: 1 }, { user: 'arne@x', idx: 2 }] // prettier-ignore
const open = (props: object = {}) => renderInDesk(RecordTable, { field: FIELD, modelValue: ROWS, ...props }) // prettier-ignore

it('puts rows in another order, and tells the server their places', async () => {
  const { emitted } = open()
  expect(screen.getByRole('button', { name: 'Move row 1 up' }).hasAttribute('disabled')).toBe(true)
  await fireEvent.click(screen.getByRole('button', { name: 'Move row 2 up' }))
  expect(emitted('update:modelValue')).toEqual([[[{ user: 'arne@x', idx: 1 }, { user: 'anna@x', idx: 2 }]]]) // prettier-ignore
})

it('changes one row, adds one, and takes one away', async () => {
  const { emitted } = open()
  await fireEvent.update(screen.getAllByLabelText('Agent')[1] as HTMLElement, 'ole@x')
  await fireEvent.click(screen.getByRole('button', { name: 'Add a row' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Remove row 1' }))
  const ole = { user: 'ole@x', idx: 2 }
  expect(emitted('update:modelValue')).toEqual([
    [[ROWS[0], ole]],
    [[ROWS[0], ole, {}]],
    [[ole, {}]],
  ])
})

it('marks whose turn it was last', () => {
  open({ marked: 'arne@x' })
  expect(screen.getAllByText('Last')).toHaveLength(1)
})

it('names every field of a row with a long text', () => {
  const fields = [{ name: 'mail', label: 'Mail', type: 'text' }, { name: 'content', label: 'Text', type: 'code' }] // prettier-ignore
  open({ field: { ...FIELD, mark: undefined, fields }, modelValue: [{}, {}] })
  expect(screen.getAllByText('Mail')).toHaveLength(2)
  expect(screen.getAllByText('Text')).toHaveLength(2)
})

it('shows the first of many rows, and all on demand', async () => {
  open({ modelValue: Array.from({ length: 16 }, (_, at) => ({ user: `a${at}@x` })) })
  expect(screen.queryByDisplayValue('a15@x')).toBeNull()
  await fireEvent.click(screen.getByText('Show all 16'))
  expect(screen.getByDisplayValue('a15@x')).toBeTruthy()
})
