import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import FeedbackBox from './FeedbackBox.vue'

it('shows stars, reason and words; nothing without feedback', () => {
  const { unmount } = renderInDesk(FeedbackBox, {
    ticket: sampleTicket({ feedback_rating: 0.8, feedback: 'Fast', feedback_extra: 'Merci' }),
  })
  expect(screen.getByText('Merci')).toBeTruthy()
  unmount()
  renderInDesk(FeedbackBox, { ticket: sampleTicket() })
  expect(screen.queryByLabelText('Feedback')).toBeNull()
})
