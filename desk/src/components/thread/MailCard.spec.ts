import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleMail } from '@/test/samples'
import MailCard from './MailCard.vue'

it('shows whom it reached, and answers the sender or all', async () => {
  const { emitted } = renderInDesk(MailCard, {
    mail: sampleMail({ cc: 'dora@x.test' }),
    mayAnswer: true,
  })
  expect(screen.getByText(/dora@x.test/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Reply to this message' }))
  await userEvent.click(screen.getByRole('button', { name: 'Reply to all' }))
  expect(emitted().answer).toEqual([[false], [true]])
})

it('tells when a message could not be delivered', () => {
  renderInDesk(MailCard, {
    mail: sampleMail({ sent_or_received: 'Sent', delivery_status: 'Error' }),
    mayAnswer: true,
  })
  expect(screen.getByText('Not delivered')).toBeTruthy()
})
