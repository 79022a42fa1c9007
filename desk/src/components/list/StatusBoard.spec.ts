import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { LIST, listPage, openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { sampleRow } from '@/test/samples'
import StatusBoard from './StatusBoard.vue'

const byStatus = (args: Record<string, unknown>) => {
  const wanted = (args.filters as string[][]).at(-1)?.[2]
  const rows = wanted === 'Open' ? [sampleRow()] : []
  return listPage({ data: rows, total_count: rows.length })
}
async function shown() {
  const list = await openedList()
  answers(LIST, byStatus)
  renderInDesk(StatusBoard, { list, routeOf: () => '/tickets/7' })
  return within(await screen.findByRole('region', { name: 'Open' }))
}
const column = (name: string) => within(screen.getByRole('region', { name }))

it('has a column per status with its count', async () => {
  const open = await shown()
  expect(open.getByRole('link')).toBeTruthy()
  expect(column('Replied').getByText('No tickets')).toBeTruthy()
})

it('moves a card with Shift and an arrow, and keeps the focus on it', async () => {
  answers('frappe.client.set_value', {})
  const open = await shown()
  open.getByRole('link').focus()
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
  const card = column('Replied').getByRole('link')
  expect(document.activeElement).toBe(card)
  await vi.waitFor(() =>
    expect(asked.at(-1)?.args).toMatchObject({ name: '7', fieldname: { status: 'Replied' } }),
  )
  expect(await screen.findByText('#7 is now Replied')).toBeTruthy()
})

it('puts a card back when the server refuses', async () => {
  refuses('frappe.client.set_value', 'Not allowed')
  const open = await shown()
  open.getByRole('link').focus()
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
  await vi.waitFor(() => expect(column('Open').queryByRole('link')).toBeTruthy())
  expect(column('Replied').queryByRole('link')).toBeNull()
})
