import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import TicketFromText from './TicketFromText.vue'

const DRAFT = 'helpdesk.api.ai.draft_ticket'
const drafted = { subject: 'Toner', description: 'Empty.', raised_by: '', priority: '', ticket_type: '', agent_group: '' } // prettier-ignore
async function send(): Promise<void> {
  await userEvent.type(await screen.findByRole('textbox', { name: 'Text' }), 'Toner is empty')
  await userEvent.click(screen.getByRole('button', { name: 'Fill in the form' }))
}

it('hands over what was made of the text, and closes', async () => {
  answers(DRAFT, drafted)
  const { emitted } = renderInDesk(TicketFromText, { modelValue: true })
  await send()
  await waitFor(() => expect(emitted('drafted')).toEqual([[drafted]]))
  expect(asked.at(-1)?.args).toEqual({ text: 'Toner is empty' })
  await waitFor(() => expect(emitted('update:modelValue')).toEqual([[false]]))
})

it('stays with the text when that failed', async () => {
  refuses(DRAFT, 'The AI service cannot be reached.')
  const { emitted } = renderInDesk(TicketFromText, { modelValue: true })
  await send()
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached')
  expect(screen.getByRole('textbox', { name: 'Text' })).toHaveProperty('value', 'Toner is empty')
  expect(emitted('drafted')).toBeUndefined()
  expect(emitted('update:modelValue')).toBeUndefined()
})
