import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import PhoneSummary from './PhoneSummary.vue'

it('says whose a ticket is, and leads to the details', async () => {
  const assignees = [{ name: 'anna@x', agent_name: 'Anna' }, { name: 'arne@x' }]
  const ticket = sampleTicket({ agent_group: 'Second Line' })
  const { emitted } = renderInDesk(PhoneSummary, { ticket, assignees })
  expect(screen.getByText('Second Line')).toBeTruthy()
  expect(screen.getByText('Anna, arne@x')).toBeTruthy()
  await userEvent.click(screen.getByRole('button'))
  expect(emitted().open).toHaveLength(1)
})

it('says when a ticket is nobody’s', () => {
  renderInDesk(PhoneSummary, { ticket: sampleTicket(), assignees: [] })
  expect(screen.getByText('No team')).toBeTruthy()
  expect(screen.getByText('Nobody')).toBeTruthy()
})
