import { fireEvent, screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { liveCall } from '@/test/calls'
import { renderInDesk } from '@/test/render'
import CallPill from './CallPill.vue'

it('names the other side and how long it has lasted, and grows when pressed', async () => {
  const call = liveCall({ phase: 'active', startedAt: Date.now() - 5_000 })
  const { emitted } = renderInDesk(CallPill, { call })
  const pill = screen.getByRole('button', { name: 'Show the call with +4930123456' })
  expect(pill.textContent).toContain('0:05')
  await fireEvent.click(pill)
  expect(emitted().open).toHaveLength(1)
})
