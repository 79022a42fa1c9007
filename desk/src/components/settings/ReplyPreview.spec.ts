import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import ReplyPreview from './ReplyPreview.vue'

it('fills the reply in for the chosen ticket', async () => {
  answers('frappe.desk.search.search_link', [{ value: '7', description: 'Printer' }])
  answers('helpdesk.api.saved_replies.get_rendered_saved_reply', '<p>Dear Cleo</p>')
  renderInDesk(ReplyPreview, { name: 'Greeting' })
  await fireEvent.focus(screen.getByRole('combobox'))
  await fireEvent.mouseDown(await screen.findByRole('option'))
  const frame = await waitFor(() => screen.getByTitle('Preview'))
  expect(frame.getAttribute('srcdoc')).toContain('Dear Cleo')
  expect(asked.at(-1)?.args).toMatchObject({ saved_reply_id: 'Greeting', ticket_id: '7' })
})

it('waits until what was typed is saved', () => {
  renderInDesk(ReplyPreview, { name: 'Greeting', isChanged: true })
  expect(screen.queryByRole('combobox')).toBeNull()
})
