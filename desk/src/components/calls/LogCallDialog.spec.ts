import { fireEvent, screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import LogCallDialog from './LogCallDialog.vue'

it('logs a call about a ticket, as it was', async () => {
  answers('helpdesk.integrations.telephony.api.log_call', 'made')
  const { emitted } = renderInDesk(LogCallDialog, { modelValue: true, ticket: '7', number: '+49' })
  await userEvent.selectOptions(
    await screen.findByRole('combobox', { name: /Direction/ }),
    'I called',
  )
  await fireEvent.change(screen.getByRole('textbox', { name: /Duration/ }), { target: { value: '5m 30s' } }) // prettier-ignore
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'Toner')
  await userEvent.click(screen.getByRole('button', { name: 'Log it' }))
  await waitFor(() => expect(emitted().logged).toEqual([['made']]))
  expect(asked.at(-1)?.args).toEqual({ type: 'Outgoing', number: '+49', status: 'Completed', duration: 330, ticket: '7', note: 'Toner' }) // prettier-ignore
})

it('a call of another day says when it began, in the time of the site', async () => {
  answers('helpdesk.integrations.telephony.api.log_call', 'made')
  window.timezone = { system: 'Asia/Tokyo', user: 'UTC' }
  const { emitted } = renderInDesk(LogCallDialog, { modelValue: true, number: '+49' })
  const day = await screen.findByLabelText('Day')
  expect(screen.queryByLabelText('Begin *')).toBeNull()
  await fireEvent.update(day, '2026-03-02')
  expect(await screen.findByLabelText('Begin *')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Log it' }))
  expect(await screen.findByText('Begin is needed.')).toBeTruthy()
  await fireEvent.update(screen.getByLabelText('Begin *'), '09:30')
  await userEvent.click(screen.getByRole('button', { name: 'Log it' }))
  await waitFor(() => expect(emitted().logged).toHaveLength(1))
  const here = new Date('2026-03-02T09:30')
  const there = new Date(here.getTime() + 9 * 3600_000).toISOString().slice(0, 19).replace('T', ' ')
  expect(asked.at(-1)?.args.start_time).toBe(there)
  window.timezone = { system: 'UTC', user: 'UTC' }
})
