import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import ActivityCard from './ActivityCard.vue'

const API = 'helpdesk.api.agent_home.agent_home.get_recent_activity'

it('leads back to what I did last, and says what it was', async () => {
  answers(API, [{ name: 7, subject: 'Printer', activity_type: 'replied', timestamp: '2026-05-04 10:00:00' }]) // prettier-ignore
  renderInDesk(ActivityCard)
  const entry = await screen.findByRole('link', { name: /Replied.*Printer/ })
  expect(entry.getAttribute('href')).toBe('/tickets/7')
})

it('says when there was nothing', async () => {
  answers(API, [])
  renderInDesk(ActivityCard)
  expect(await screen.findByText('Nothing yet')).toBeTruthy()
})
