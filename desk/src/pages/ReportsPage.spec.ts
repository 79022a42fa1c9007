import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import ReportsPage from './ReportsPage.vue'

const RUN = 'frappe.desk.query_report.run'
const report = { columns: [{ fieldname: 'group', label: 'Ticket Type', fieldtype: 'Data' }, { fieldname: 'total', label: 'Total', fieldtype: 'Int' }], result: [{ group: 'Bug', total: 4 }], chart: null, report_summary: [{ label: 'Open', value: 3 }] } // prettier-ignore

it('runs the chosen report with its own filters, and again when one changes', async () => {
  answers(RUN, report)
  renderInDesk(ReportsPage, { name: 'Ticket Analytics' })
  expect(await screen.findByRole('cell', { name: 'Bug' })).toBeTruthy()
  expect(screen.getByText('Open')).toBeTruthy()
  await userEvent.selectOptions(screen.getByLabelText('Per'), 'Weekly')
  await expect.poll(() => asked.at(-1)?.args).toMatchObject({ report_name: 'Ticket Analytics', filters: { range: 'Weekly' } }) // prettier-ignore
})

it('says when there is nothing to count', async () => {
  answers(RUN, { ...report, result: [] })
  renderInDesk(ReportsPage)
  expect(await screen.findByText('No numbers in this time')).toBeTruthy()
})

it('shows why a report cannot be run', async () => {
  refuses(RUN, 'The end date must not be before the start date.')
  renderInDesk(ReportsPage)
  expect(await screen.findByText('The end date must not be before the start date.')).toBeTruthy()
})
