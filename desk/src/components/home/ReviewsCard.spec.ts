import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import ReviewsCard from './ReviewsCard.vue'

const API = 'helpdesk.api.agent_home.agent_home.get_recent_feedback'

it('shows what customers wrote, worst first if asked', async () => {
  answers(API, { average_rating: 4.5, total_feedbacks: 2, rating_distribution: { 4: 1, 5: 1 }, recent_feedbacks: [{ name: 7, subject: 'Printer', feedback_rating: 0.8, feedback: null, feedback_extra: 'Quick help' }] }) // prettier-ignore
  renderInDesk(ReviewsCard)
  const review = await waitFor(() => screen.getByRole('link', { name: /Quick help/ }))
  expect(review.getAttribute('href')).toBe('/tickets/7')
  expect(screen.getByText('Customers are very happy with your help.')).toBeTruthy()
  await fireEvent.update(screen.getByLabelText('Order'), 'negative_first')
  await waitFor(() => expect(asked.at(-1)?.args.sort_order).toBe('negative_first'))
})
