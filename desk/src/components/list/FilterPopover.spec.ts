import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import FilterPopover from './FilterPopover.vue'

it('builds a condition from field and value', async () => {
  answers('helpdesk.api.doc.get_filterable_fields', [
    { fieldname: 'subject', fieldtype: 'Data', label: 'Subject', options: null },
  ])
  const { emitted } = renderInDesk(FilterPopover, { doctype: 'HD Ticket', modelValue: [] })
  await userEvent.click(screen.getByRole('button', { name: /Filter/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Add a condition' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Subject' }))
  await userEvent.type(await screen.findByLabelText('Value'), 'fire{Enter}')
  expect(emitted()['update:modelValue']).toEqual([[[['subject', 'like', '%fire%']]]])
})
