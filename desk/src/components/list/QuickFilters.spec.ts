import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import QuickFilters from './QuickFilters.vue'

it('filters by a choice at once and drops the condition when cleared', async () => {
  answers('helpdesk.api.doc.get_quick_filters', [
    { name: 'status', label: 'Status', type: 'Select', options: 'Open\nClosed' },
  ])
  const { emitted, rerender } = renderInDesk(QuickFilters, { doctype: 'HD Ticket', modelValue: [] })
  await userEvent.selectOptions(await screen.findByLabelText('Status'), 'Open')
  expect(emitted()['update:modelValue']).toEqual([[[['status', '=', 'Open']]]])
  await rerender({ doctype: 'HD Ticket', modelValue: [['status', '=', 'Open']] })
  await userEvent.selectOptions(screen.getByLabelText('Status'), '')
  expect(emitted()['update:modelValue']?.at(-1)).toEqual([[]])
})
