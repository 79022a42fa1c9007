import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import MailTextsTab from './MailTextsTab.vue'

const API = 'helpdesk.api.settings.email_notifications'
const stored = { enabled: true, content: 'Own text', default_content: 'Shipped text' }

it('goes back to the shipped text and saves it', async () => {
  answers(`${API}.get_data`, stored)
  answers(`${API}.update_acknowledgement`, {})
  const { emitted } = renderInDesk(MailTextsTab)
  await waitFor(() => screen.getByDisplayValue('Own text'))
  await fireEvent.click(screen.getByRole('button', { name: 'Back to the shipped text' }))
  expect(emitted('changed')).toEqual([[true]])
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(asked.at(-1)?.args).toEqual({ enabled: true, content: 'Shipped text' }),
  )
})

it('the feedback mail also has a status', async () => {
  answers(`${API}.get_data`, (args) => args.notification === 'share_feedback' ? { ...stored, ticket_status: { label: 'Closed', value: 'Closed' } } : stored) // prettier-ignore
  answers(`${API}.update_share_feedback`, {})
  renderInDesk(MailTextsTab)
  await waitFor(() => screen.getByDisplayValue('Own text'))
  await fireEvent.update(screen.getByLabelText('Mail'), 'share_feedback')
  await waitFor(() => screen.getByDisplayValue('Closed'))
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(asked.at(-1)?.args).toMatchObject({ ticket_status: { value: 'Closed' } }),
  )
})
