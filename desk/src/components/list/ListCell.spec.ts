import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, onTestFinished } from 'vitest'
import { renderInDesk } from '@/test/render'
import { setCatalogue } from '@/lib/translate'
import { sampleRow } from '@/test/samples'
import ListCell from './ListCell.vue'

const cell = (key: string, type: string, row = sampleRow()) =>
  renderInDesk(ListCell, { row, column: { key, label: key, type, width: '' }, isTicket: true })

it('asks for the value as a filter when clicked', async () => {
  const { emitted } = cell('status', 'Link')
  await userEvent.click(screen.getByRole('button'))
  expect(emitted().filter).toEqual([[['status', '=', 'Open']]])
})

it('draws what nobody can filter by as plain text', () => {
  cell('subject', 'Data')
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('Printer is on fire')).toBeTruthy()
})

it('shows names that came with the app in the reader’s language', () => {
  setCatalogue({ Urgent: 'Dringend' })
  onTestFinished(() => setCatalogue({}))
  cell('priority', 'Link', sampleRow({ priority: 'Urgent' }))
  expect(screen.getByText('Dringend')).toBeTruthy()
})
