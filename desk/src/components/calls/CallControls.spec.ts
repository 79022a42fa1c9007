import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { liveCall } from '@/test/calls'
import { renderInDesk } from '@/test/render'
import CallControls from './CallControls.vue'

const names = () => screen.queryAllByRole('button').map(({ textContent }) => textContent?.trim())

it('offers what can be done in each stage of a call in the browser', async () => {
  const { rerender } = renderInDesk(CallControls, { call: liveCall({ phase: 'ringing' }) })
  expect(names()).toEqual(['Accept', 'Reject'])
  await rerender({ call: liveCall({ phase: 'dialling' }) })
  expect(names()).toEqual(['Hang up'])
  await rerender({ call: liveCall({ phase: 'active', isMuted: true }) })
  expect(names()).toEqual(['Unmute', 'Hang up'])
})

it('a call on the desk phone is answered and ended there', async () => {
  const { rerender } = renderInDesk(CallControls, { call: liveCall({ medium: 'Exotel' }) })
  expect(names()).toEqual([])
  expect(screen.getByText('Pick up your phone.')).toBeTruthy()
  await rerender({ call: liveCall({ medium: 'Exotel', phase: 'active' }) })
  expect(screen.getByText('Hang up on your phone.')).toBeTruthy()
})
