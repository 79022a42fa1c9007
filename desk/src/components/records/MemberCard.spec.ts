import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import MemberCard from './MemberCard.vue'

const contact = { contact_name: 'Cleo', is_primary: 1, is_manager: 0, email_id: 'cleo@acme.test', mobile_no: null, image: null, last_active: null, ticket_count: 2 } // prettier-ignore

it('shows who is primary and what is open; a manager is made by a switch', async () => {
  const { emitted } = renderInDesk(MemberCard, { contact, mayEdit: true })
  expect(screen.getByRole('img', { name: 'Primary contact' })).toBeTruthy()
  expect(screen.getByText('2 open')).toBeTruthy()
  await userEvent.click(screen.getByRole('switch', { name: 'Cleo is a manager' }))
  expect(emitted('manager')).toEqual([[true]])
})

it('offers no changes to those who may not make them', () => {
  renderInDesk(MemberCard, { contact: { ...contact, is_manager: 1 }, mayEdit: false })
  expect(screen.queryByRole('switch')).toBeNull()
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('Manager')).toBeTruthy()
})
