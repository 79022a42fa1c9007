import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import ContactFeedback from './ContactFeedback.vue'

it('shows stars and words, and narrows to the bad ones', async () => {
  answers('frappe.client.get_list', [{ name: 7, subject: 'Fire', feedback_rating: 0.4, feedback: null, feedback_extra: 'Too slow', modified: '2026-03-02 08:00:00' }]) // prettier-ignore
  renderInDesk(ContactFeedback, { name: 'Cleo' })
  expect(await screen.findByText('Too slow')).toBeTruthy()
  expect(screen.getByRole('img', { name: '2 of 5 stars' })).toBeTruthy()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Feedback' }), 'Negative')
  await expect.poll(() => String(asked.at(-1)?.args.filters)).toContain('["feedback_rating","<=",0.5]') // prettier-ignore
})
