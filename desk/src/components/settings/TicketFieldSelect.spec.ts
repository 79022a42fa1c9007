import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { answers } from '@/test/server'
import { renderInDesk } from '@/test/render'
import TicketFieldSelect from './TicketFieldSelect.vue'

const FIELD = { name: 'fieldname', label: 'Field', type: 'ticketfield' }

it('offers the fields of tickets by their labels', async () => {
  answers('helpdesk.api.doc.get_filterable_fields', [{ fieldname: 'priority', label: 'Priority', fieldtype: 'Link', options: 'HD Ticket Priority' }, { fieldname: '_assign', label: 'Assigned To', fieldtype: 'Text', options: null }]) // prettier-ignore
  const { emitted } = renderInDesk(TicketFieldSelect, { field: FIELD, modelValue: 'custom_gone' })
  await screen.findByRole('option', { name: 'Priority' })
  expect(screen.queryByRole('option', { name: 'Assigned To' })).toBeNull()
  expect((screen.getByLabelText('Field') as HTMLSelectElement).value).toBe('custom_gone')
  await fireEvent.update(screen.getByLabelText('Field'), 'priority')
  expect(emitted('update:modelValue')).toEqual([['priority']])
})
