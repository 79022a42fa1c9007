import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import RecordTickets from './RecordTickets.vue'

const line = (name: number) => ({ name, subject: `Ticket ${name}`, status: 'Open', priority: 'High', modified: '2026-03-02 08:00:00' }) // prettier-ignore
const lastFilters = () => JSON.parse(String(asked.at(-1)?.args.filters)) as unknown[]

it('searches by number or subject, and says when nothing matches', async () => {
  answers('frappe.client.get_list', ({ filters }) => (String(filters).includes('nothing') ? [] : [line(7)])) // prettier-ignore
  renderInDesk(RecordTickets, { kind: 'Contact', name: 'Cleo' })
  const link = await screen.findByRole('link', { name: /Ticket 7/ })
  expect(link.getAttribute('href')).toBe('/tickets/7')
  const box = screen.getByRole('searchbox', { name: 'Number or subject' })
  await userEvent.type(box, '#7')
  await expect.poll(lastFilters).toEqual([['contact', '=', 'Cleo'], ['name', '=', '7']]) // prettier-ignore
  await userEvent.clear(box)
  await userEvent.type(box, 'nothing')
  expect(await screen.findByText('Nothing matches')).toBeTruthy()
})

it('fetches more when there is more', async () => {
  answers('frappe.client.get_list', ({ limit_page_length }) => Array.from({ length: Math.min(30, Number(limit_page_length)) }, (_, at) => line(at + 1))) // prettier-ignore
  renderInDesk(RecordTickets, { kind: 'HD Customer', name: 'Acme' })
  await userEvent.click(await screen.findByRole('button', { name: 'Load more' }))
  await expect.poll(() => screen.getAllByRole('link').length).toBe(30)
  expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull()
})
