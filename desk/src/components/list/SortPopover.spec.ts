import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import SortPopover from './SortPopover.vue'

it('turns the only key around, and adds another', async () => {
  answers('helpdesk.api.doc.sort_options', [
    { label: 'Subject', value: 'subject' },
    { label: 'Changed', value: 'modified' },
  ])
  const { emitted } = renderInDesk(SortPopover, {
    doctype: 'HD Ticket',
    modelValue: 'modified desc',
  })
  await userEvent.click(screen.getByRole('button', { name: 'Sort ascending' }))
  await userEvent.click(screen.getByRole('button', { name: 'Sort' }))
  await screen.findByRole('option', { name: 'Subject' })
  await userEvent.selectOptions(screen.getByLabelText('Then by'), 'subject')
  expect(emitted()['update:modelValue']).toEqual([['modified asc'], ['modified asc, subject asc']])
})
