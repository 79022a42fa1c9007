import { fireEvent, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { LIST, listPage, openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import type { Column } from '@/types/list'
import ColumnPopover from './ColumnPopover.vue'

const asAsked = ({ columns }: Record<string, unknown>) =>
  listPage((columns as Column[]).length ? { columns: columns as Column[] } : {})

it('adds and hides columns', async () => {
  const list = await openedList()
  answers(LIST, asAsked)
  renderInDesk(ColumnPopover, { list })
  await userEvent.click(screen.getByRole('button', { name: 'Columns' }))
  await userEvent.selectOptions(await screen.findByLabelText('Add a column'), 'agent_group')
  expect(list.settings.columns.map(({ key }) => key)).toEqual(['subject', 'status', 'agent_group'])
  await userEvent.click(screen.getByRole('button', { name: 'Hide Status' }))
  expect(list.settings.columns.map(({ key }) => key)).toEqual(['subject', 'agent_group'])
})

it('puts columns in another order by dragging and by the button', async () => {
  const list = await openedList()
  answers(LIST, asAsked)
  renderInDesk(ColumnPopover, { list })
  await userEvent.click(screen.getByRole('button', { name: 'Columns' }))
  const keys = () => list.settings.columns.map(({ key }) => key)
  const [subject, status] = await screen.findAllByRole('listitem')
  await fireEvent.dragStart(subject as HTMLElement)
  await fireEvent.drop(status as HTMLElement)
  expect(keys()).toEqual(['status', 'subject'])
  await userEvent.click(await screen.findByRole('button', { name: 'Move Subject up' }))
  expect(keys()).toEqual(['subject', 'status'])
})
