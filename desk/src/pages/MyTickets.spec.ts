import { screen } from '@testing-library/vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { sampleRow } from '@/test/samples'
import MyTickets from './MyTickets.vue'

const LIST = 'helpdesk.api.doc.get_list_data'
const listed = (rows: object[]) => ({
  data: rows,
  columns: [{ key: 'subject', label: 'Subject', type: 'Data', width: '20rem' }],
  rows: [],
  fields: [],
  total_count: rows.length,
}) // prettier-ignore
beforeEach(() => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.doc.get_quick_filters', [])
})

it('lists one’s tickets as the portal shows them, and links each with its page', async () => {
  answers(LIST, listed([sampleRow()]) as never)
  renderInDesk(MyTickets)
  const link = await screen.findByRole('link', { name: 'Printer is on fire' })
  expect(link.getAttribute('href')).toBe('/my-tickets/7')
  const question = asked.find(({ method }) => method === LIST)
  expect(JSON.stringify(question?.args)).toContain('show_customer_portal_fields')
})

it('leads people without tickets to their first one', async () => {
  answers(LIST, listed([]) as never)
  renderInDesk(MyTickets)
  expect(await screen.findByText('You have no tickets')).toBeTruthy()
  await vi.waitFor(() =>
    expect(screen.getAllByRole('button', { name: 'New ticket' }).length).toBeGreaterThan(1),
  )
})
