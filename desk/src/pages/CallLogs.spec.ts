import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { answerList } from '@/test/lists'
import { renderAt } from '@/test/render'
import { answers } from '@/test/server'
import CallLogs from './CallLogs.vue'

const columns = [
  { key: 'name', label: 'ID', type: 'Data', width: '10rem' },
  { key: 'caller', label: 'Caller', type: 'Link', width: '9rem' },
]
beforeEach(() => {
  window.apps = ['telephony']
  return () => (window.apps = undefined)
})

it('names who called, and opens a call at its address', async () => {
  const row = { name: 's', type: 'Incoming', from: '+49', to: '+50', caller: null, _caller: { label: 'Cleo' }, _receiver: { label: 'Anna' }, status: 'Completed', creation: '2026-03-02 08:00:00' } // prettier-ignore
  answerList({ data: [row], columns, total_count: 1 })
  answers('helpdesk.integrations.telephony.api.get_call', { call: row, tickets: [] })
  const { router } = await renderAt('/call-logs', CallLogs)
  expect(await screen.findByText('Cleo')).toBeTruthy()
  await userEvent.click(screen.getByRole('link', { name: 'Cleo' }))
  expect(await screen.findByText('Cleo called Anna')).toBeTruthy()
  await waitFor(() => expect(router.currentRoute.value.query.call).toBe('s'))
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  await waitFor(() => expect(router.currentRoute.value.query.call).toBeUndefined())
})

it('offers to log a call where there is none yet', async () => {
  answerList({ data: [], columns, total_count: 0 })
  await renderAt('/call-logs', CallLogs)
  expect(await screen.findByText('No calls yet')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Log a call' }))
  expect(await screen.findByRole('dialog', { name: 'Log a call' })).toBeTruthy()
})

it('is nowhere on a site without the telephony app', async () => {
  window.apps = ['helpdesk']
  await renderAt('/call-logs', CallLogs)
  expect(screen.getByText('There is nothing here')).toBeTruthy()
})
