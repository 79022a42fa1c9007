import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { liveCall } from '@/test/calls'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useCalls } from '@/stores/calls'
import CallNote from './CallNote.vue'

const LOG = 'helpdesk.integrations.telephony.api'

it('keeps what was noted during the call at its end', async () => {
  answers(`${LOG}.note_call`, null)
  useCalls().call = liveCall({ phase: 'active', ticket: '7' })
  const { rerender } = renderInDesk(CallNote, { call: liveCall({ phase: 'active', ticket: '7' }) })
  expect(screen.getByRole('link', { name: 'About ticket #7' })).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'Toner')
  expect(screen.queryByRole('button', { name: 'Save the note' })).toBeNull()
  await rerender({ call: liveCall({ phase: 'ended', ticket: '7' }) })
  await userEvent.click(screen.getByRole('button', { name: 'Save the note' }))
  await waitFor(() => expect(asked.at(-1)?.args).toEqual({ call: 's', note: 'Toner' }))
  expect(useCalls().call).toBeNull()
})

it('asks which ticket it was about, and says so to the log', async () => {
  answers('frappe.desk.search.search_link', [{ value: '7', label: 'Printer' }])
  answers(`${LOG}.link_call`, null)
  useCalls().call = liveCall({ phase: 'ended' })
  renderInDesk(CallNote, { call: liveCall({ phase: 'ended' }) })
  await userEvent.click(screen.getByRole('combobox', { name: 'Ticket' }))
  await userEvent.click(await screen.findByRole('option', { name: /Printer/ }))
  await waitFor(() => expect(asked.at(-1)?.args).toEqual({ call: 's', ticket: '7' }))
})
