import { fireEvent, screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { liveCall } from '@/test/calls'
import { useCalls } from '@/stores/calls'
import CallPopup from './CallPopup.vue'

it('says who it is, what it does, and leads to the contact', () => {
  const party = { label: 'Cleo', image: null, contact: 'Cleo' }
  renderInDesk(CallPopup, { call: liveCall({ phase: 'ringing', isIncoming: true, party }) })
  expect(screen.getByRole('region', { name: 'Call with Cleo' })).toBeTruthy()
  expect(screen.getByRole('status').textContent).toContain('Incoming call')
  expect(screen.getByRole('link', { name: 'Cleo' }).getAttribute('href')).toBe('/contacts/Cleo')
})

it('counts the time of a call, and is made small', async () => {
  const { emitted } = renderInDesk(CallPopup, { call: liveCall({ phase: 'active', startedAt: Date.now() - 61_000 }) }) // prettier-ignore
  expect(screen.getByRole('timer').textContent).toBe('1:01')
  await fireEvent.click(screen.getByRole('button', { name: 'Make it small' }))
  expect(emitted().shrink).toHaveLength(1)
})

it('a call in the browser is ended before its window is closed', async () => {
  const { rerender } = renderInDesk(CallPopup, { call: liveCall({ phase: 'active' }) })
  expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
  useCalls().call = liveCall({ phase: 'ended' })
  await rerender({ call: liveCall({ phase: 'ended' }) })
  await fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(useCalls().call).toBeNull()
})
