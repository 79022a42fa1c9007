import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import ConditionRow from './ConditionRow.vue'

const FIELDS = [
  { fieldname: 'subject', fieldtype: 'Data', label: 'Subject', options: null },
  { fieldname: 'via_customer_portal', fieldtype: 'Check', label: 'By portal', options: null },
  { fieldname: 'feedback_rating', fieldtype: 'Rating', label: 'Rating', options: null },
]
const show = (modelValue: unknown[]) => renderInDesk(ConditionRow, { fields: FIELDS, modelValue })

it('another field begins with a comparison and a value that fit it', async () => {
  const { emitted } = show(['subject', 'like', 'vpn'])
  await fireEvent.update(screen.getByLabelText('Field'), 'via_customer_portal')
  expect(emitted('update:modelValue')).toEqual([[['via_customer_portal', '==', 1]]])
})

it('numbers are kept as numbers', async () => {
  const { emitted } = show(['feedback_rating', '>', ''])
  await fireEvent.update(screen.getByLabelText('Value'), '3')
  expect(emitted('update:modelValue')).toEqual([[['feedback_rating', '>', 3]]])
})

it('whether something is filled in is a matter of yes or no', async () => {
  const { emitted } = show(['subject', '==', 'vpn'])
  await fireEvent.update(screen.getByLabelText('Comparison'), 'is')
  expect(emitted('update:modelValue')).toEqual([[['subject', 'is', 'set']]])
})
