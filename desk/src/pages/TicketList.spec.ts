import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleRow } from '@/test/samples'
import TicketList from './TicketList.vue'

it('lists tickets, and links each with its page', async () => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.doc.get_quick_filters', [])
  answers('helpdesk.api.doc.get_list_data', {
    data: [sampleRow()],
    columns: [{ key: 'subject', label: 'Subject', type: 'Data', width: '20rem' }],
    rows: [],
    fields: [],
    total_count: 1,
  })
  renderInDesk(TicketList)
  expect(
    (await screen.findByRole('link', { name: 'Printer is on fire' })).getAttribute('href'),
  ).toBe('/tickets/7')
  expect(screen.getByText('1 of 1')).toBeTruthy()
})
