import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { siteDate } from '@/lib/dueDates'
import { sampleTicket } from '@/test/samples'
import DueMark from './DueMark.vue'

it('says so on the day', () => {
  renderInDesk(DueMark, { ticket: sampleTicket({ due_date: siteDate(new Date()) }) })
  expect(screen.getByText('Due today')).toBeTruthy()
})
