import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { sampleTicket } from '@/test/samples'
import PortalFacts from './PortalFacts.vue'

const field = (fieldname: string, label: string, hide_from_customer: 0 | 1) => ({ fieldname, label, fieldtype: 'Data', options: null, required: 0, hide_from_customer, placeholder: null, url_method: null }) // prettier-ignore

it('shows the status in the customer’s words, and the fields that are for customers', async () => {
  const fields = [field('serial', 'Serial number', 0), field('cost', 'Cost', 1)]
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields })
  const ticket = { ...sampleTicket({ status: 'Replied' }), serial: 'P-17', cost: '400' }
  renderInDesk(PortalFacts, { ticket })
  expect(await screen.findByText('P-17')).toBeTruthy()
  expect(screen.getByText('Awaiting Response')).toBeTruthy()
  expect(screen.queryByText('400')).toBeNull()
})

it('says what is expected, and when it came', async () => {
  answers('helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one', { about: null, fields: [] })
  const ticket = sampleTicket({ first_responded_on: '2026-03-02 10:00:00' })
  renderInDesk(PortalFacts, { ticket })
  expect(screen.getByText('First answer').nextElementSibling?.textContent).toContain('10:00')
  expect(screen.getByText('Solution expected')).toBeTruthy()
})
