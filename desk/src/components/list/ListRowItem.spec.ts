import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleRow } from '@/test/samples'
import ListRowItem from './ListRowItem.vue'

const column = (key: string, type = 'Data') => ({ key, type, label: key, width: '8rem' })
const props = {
  row: sampleRow({ _assign: '["anna@x","arne@x"]' }),
  columns: [column('name'), column('subject'), column('status', 'Link'), column('_assign')],
  template: '1fr',
  to: '/tickets/7',
  isTicket: true,
  isPhone: false,
  isMarked: false,
  isSelected: false,
  isSelectable: true,
}

it('is a link to the ticket, bold until I have seen it', () => {
  renderInDesk(ListRowItem, props)
  expect(screen.getByRole('link').getAttribute('href')).toBe('/tickets/7')
  expect(screen.getByText('Printer is on fire').className).toContain('font-semibold')
})

it('asks for a status or an assignee by a click on it', async () => {
  const { emitted } = renderInDesk(ListRowItem, props)
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  await userEvent.click(screen.getByRole('button', { name: /Anna, Arne/ }))
  expect(emitted().filter).toEqual([[['status', '=', 'Open']], [['_assign', 'like', '%anna@x%']]])
})

it('tells whether Shift was held when it is ticked', async () => {
  const { emitted } = renderInDesk(ListRowItem, props)
  const user = userEvent.setup()
  await user.keyboard('{Shift>}')
  await user.click(screen.getByRole('checkbox'))
  expect(emitted().toggle).toEqual([[true]])
})

it('asks for another status beside the cell, except on phones and in the portal', async () => {
  const { emitted, rerender } = renderInDesk(ListRowItem, props)
  const change = screen.getByRole('button', { name: 'Change the status of #7' })
  await userEvent.click(change)
  expect(emitted().change).toEqual([['status', change]])
  await rerender({ ...props, isPortal: true })
  expect(screen.queryByRole('button', { name: 'Change the status of #7' })).toBeNull()
})
