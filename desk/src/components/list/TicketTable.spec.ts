import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import TicketTable from './TicketTable.vue'

it('orders by a column, and the other way at the second press', async () => {
  const props = { rows: [], focused: -1, orderBy: 'modified desc' }
  const { emitted, rerender } = renderInDesk(TicketTable, props)
  await userEvent.click(screen.getByRole('button', { name: /Priority/ }))
  await rerender({ ...props, orderBy: 'priority desc' })
  expect(screen.getByRole('columnheader', { name: /Priority/ }).getAttribute('aria-sort')).toBe(
    'descending',
  )
  await userEvent.click(screen.getByRole('button', { name: /Priority/ }))
  expect(emitted().sort).toEqual([['priority desc'], ['priority asc']])
})
