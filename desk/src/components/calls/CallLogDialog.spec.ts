import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import CallLogDialog from './CallLogDialog.vue'

const LOG = 'helpdesk.integrations.telephony.api'
const call = { name: 's', type: 'Incoming', status: 'No Answer', from: '+49', to: null, duration: 65, recording_url: '/r.mp3', creation: '2026-03-02 08:00:00', start_time: '2026-03-02 08:00:00', end_time: null, telephony_medium: 'Exotel', _duration: '1m 5s', _caller: { label: 'Cleo' }, _receiver: { label: 'Anna' }, notes: [{ content: 'Toner &amp; paper', by: 'Anna', creation: '2026-03-02 08:02:00' }] } // prettier-ignore

it('tells all about a call, with its recording, its notes and its ticket', async () => {
  answers(`${LOG}.get_call`, { call, tickets: [{ name: '7', subject: 'Printer' }] })
  renderInDesk(CallLogDialog, { modelValue: true, name: 's' })
  expect(await screen.findByText('Cleo called Anna')).toBeTruthy()
  expect(screen.getByText('No answer')).toBeTruthy()
  expect(screen.getByText('Toner & paper')).toBeTruthy()
  expect(screen.getByLabelText('Recording of the call').getAttribute('src')).toBe('/r.mp3')
  expect(screen.getByRole('link', { name: '#7 Printer' }).getAttribute('href')).toBe('/tickets/7#call') // prettier-ignore
})

it('links a call that is about nothing yet, and takes a note', async () => {
  let tickets: object[] = []
  answers(`${LOG}.get_call`, () => ({ call, tickets }))
  answers('frappe.desk.search.search_link', [{ value: '7', label: 'Printer' }])
  answers(`${LOG}.link_call`, () => ((tickets = [{ name: '7', subject: 'Printer' }]), null))
  answers(`${LOG}.note_call`, null)
  const { emitted } = renderInDesk(CallLogDialog, { modelValue: true, name: 's' })
  await userEvent.click(await screen.findByRole('combobox', { name: 'Ticket' }))
  await userEvent.click(await screen.findByRole('option', { name: /Printer/ }))
  expect(await screen.findByRole('link', { name: '#7 Printer' })).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'Ink')
  await userEvent.click(screen.getByRole('button', { name: 'Add the note' }))
  await waitFor(() => expect(emitted().changed).toHaveLength(2))
  expect(asked.find(({ method }) => method.endsWith('note_call'))?.args).toEqual({ call: 's', note: 'Ink' }) // prettier-ignore
})
