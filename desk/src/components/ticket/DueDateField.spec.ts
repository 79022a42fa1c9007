import { fireEvent, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import DueDateField from './DueDateField.vue'

it('sets a day, a proposed one, and none', async () => {
  const { emitted, rerender } = renderInDesk(DueDateField, { ticket: sampleTicket() })
  await fireEvent.change(screen.getByLabelText('Due date'), { target: { value: '2026-04-01' } })
  await userEvent.click(screen.getByRole('button', { name: 'Tomorrow' }))
  await rerender({ ticket: sampleTicket({ due_date: '2026-04-01' }) })
  await userEvent.click(screen.getByRole('button', { name: 'No due date' }))
  const [day, tomorrow, none] = emitted('change') as [string | null][]
  expect([day, none]).toEqual([['2026-04-01'], [null]])
  expect(tomorrow?.[0]).toMatch(/^\d{4}-\d{2}-\d{2}$/)
})

it('says when the day has come or gone, as long as something is to be done', () => {
  vi.useFakeTimers({ now: new Date('2026-03-06T10:00:00Z'), toFake: ['Date'] })
  const shown = (values: object) => renderInDesk(DueDateField, { ticket: sampleTicket(values) })
  const { unmount } = shown({ due_date: '2026-01-05' })
  expect(screen.getByText(/Past due/)).toBeTruthy()
  unmount()
  shown({ due_date: '2026-01-05', status_category: 'Resolved' })
  expect(screen.queryByText(/Past due/)).toBeNull()
})
