import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { ownKey } from '@/lib/ownStorage'
import OutsideHoursBanner from './OutsideHoursBanner.vue'

const METHOD = 'helpdesk.helpdesk.doctype.hd_ticket.api.show_outside_hours_banner'

it('put away, it stays away for this ticket, and what is old is swept', async () => {
  localStorage.setItem(ownKey('hours:2020-01-01:7'), '1')
  answers(METHOD, { show: true, msg: '<p>Back on Monday</p>' })
  const first = renderInDesk(OutsideHoursBanner, { ticket: '7' })
  await userEvent.click(await screen.findByRole('button', { name: 'Put away' }))
  expect(screen.queryByText('Back on Monday')).toBeNull()
  expect(localStorage.getItem(ownKey('hours:2020-01-01:7'))).toBeNull()
  first.unmount()
  renderInDesk(OutsideHoursBanner, { ticket: '8' })
  await vi.waitFor(() => expect(screen.getByText('Back on Monday')).toBeTruthy())
})
