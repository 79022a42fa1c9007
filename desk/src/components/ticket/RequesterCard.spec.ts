import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import RequesterCard from './RequesterCard.vue'

const contact = { name: 'Cleo', email_id: 'cleo@acme.test', phone: null, mobile_no: null, image: null } // prettier-ignore

it('writes to the contact here, not in another program', async () => {
  const { emitted } = renderInDesk(RequesterCard, { contact, ticket: '7', mayWrite: true })
  await userEvent.click(screen.getByRole('button', { name: 'Write to cleo@acme.test' }))
  expect(emitted('write')).toHaveLength(1)
})

it('only tells the address where nothing is to be written', () => {
  renderInDesk(RequesterCard, { contact, ticket: '7', mayWrite: false })
  expect(screen.getByText('cleo@acme.test')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})
