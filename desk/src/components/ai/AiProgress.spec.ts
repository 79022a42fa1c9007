import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import AiProgress from './AiProgress.vue'

it('says what is on its way, and can be stopped', async () => {
  const { emitted } = renderInDesk(AiProgress, { isBusy: true, error: '', label: 'Thinking…' })
  expect(screen.getByRole('status').textContent).toContain('Thinking…')
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect(emitted('stop')).toHaveLength(1)
})

it('says what went wrong, and nothing when nothing did', async () => {
  const { rerender } = renderInDesk(AiProgress, { isBusy: false, error: 'No key', label: '' })
  expect(screen.getByRole('alert').textContent).toBe('No key')
  await rerender({ error: '' })
  expect(screen.queryByRole('alert')).toBeNull()
})
