import { expect, it } from 'vitest'
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import WidgetTab from './WidgetTab.vue'

const GET = 'frappe.client.get'
const stored = { doctype: 'HD Settings', name: 'HD Settings', widget_enabled: 1, widget_key: 'k-1', widget_label: 'Say "hi"', allow_anyone_to_create_tickets: 1 } // prettier-ignore

it('shows a snippet that a label cannot break out of', async () => {
  answers(GET, stored)
  renderInDesk(WidgetTab)
  const snippet = await waitFor(() => screen.getByText(/data-key="k-1"/))
  expect(snippet.textContent).toContain('data-label="Say &quot;hi&quot;"')
  expect(screen.queryByText(/shows nothing/)).toBeNull()
})

it('says why the widget shows nothing', async () => {
  answers(GET, { ...stored, allow_anyone_to_create_tickets: 0 })
  renderInDesk(WidgetTab)
  const note = await screen.findByText(/shows nothing/)
  expect(note.getAttribute('role')).toBe('status')
})

it('asks before it makes a new key', async () => {
  answers(GET, stored)
  answers('helpdesk.api.guests.rotate_widget_key', 'k-2')
  renderInDesk(WidgetTab)
  const rotations = () => asked.filter(({ method }) => method.endsWith('rotate_widget_key')).length
  await fireEvent.click(await screen.findByRole('button', { name: 'Make a new key' }))
  const dialog = await screen.findByRole('dialog')
  expect(rotations()).toBe(0)
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Make a new key' }))
  await waitFor(() => expect(rotations()).toBe(1))
})
