import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ReportTable from './ReportTable.vue'

const columns = [{ fieldname: 'ticket', label: 'Ticket', fieldtype: 'Link', options: 'HD Ticket' }, { fieldname: 'time', label: 'Time', fieldtype: 'Duration' }] // prettier-ignore
const rows = [{ ticket: 1, time: 7200 }, { ticket: 2, time: 0 }, { ticket: 3, time: 3600 }] // prettier-ignore
const cells = () => screen.getAllByRole('row').slice(1).map((row) => row.textContent?.trim()) // prettier-ignore

it('shows times as people say them, leads to tickets, and sorts both ways by a head', async () => {
  renderInDesk(ReportTable, { label: 'Numbers', columns, rows })
  expect(cells()).toEqual(['12h', '2–', '31h'])
  expect(screen.getByRole('link', { name: '3' }).getAttribute('href')).toBe('/tickets/3')
  await userEvent.click(screen.getByRole('button', { name: 'Time' }))
  expect(cells()).toEqual(['2–', '31h', '12h'])
  await userEvent.click(screen.getByRole('button', { name: /Time/ }))
  expect(cells()).toEqual(['12h', '31h', '2–'])
  expect(screen.getByRole('columnheader', { name: /Time/ }).getAttribute('aria-sort')).toBe('descending') // prettier-ignore
})

it('leads from a number to the tickets behind it, and from none to nothing', () => {
  const counts = [{ fieldname: 'group', label: 'Type', fieldtype: 'Data' }, { fieldname: 'open', label: 'Open', fieldtype: 'Int' }] // prettier-ignore
  const behind = ({ fieldname }: { fieldname: string }) => (fieldname === 'open' ? '/tickets?open' : null) // prettier-ignore
  renderInDesk(ReportTable, { label: 'Numbers', columns: counts, rows: [{ group: 'Bug', open: 4 }, { group: 'Idea', open: 0 }], behind }) // prettier-ignore
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['4'])
})
