import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import ResolutionBox from './ResolutionBox.vue'

const shown = (values: object) => renderInDesk(ResolutionBox, { ticket: sampleTicket(values) })

it('shows how it was solved, and that it is open again', () => {
  const solved = { resolution_details: '<p>A new fuse.</p>' }
  const { unmount } = shown({ ...solved, status_category: 'Resolved' })
  const frame = screen.getByTitle('Resolution')
  expect(frame.getAttribute('srcdoc')).toContain('A new fuse.')
  unmount()
  shown({ ...solved, status_category: 'Open' })
  expect(screen.getByText(/opened again/)).toBeTruthy()
})

it('is not there when nothing was said', () => {
  shown({ resolution_details: '<p></p>', status_category: 'Resolved' })
  expect(screen.queryByRole('region', { name: 'Resolution' })).toBeNull()
})
