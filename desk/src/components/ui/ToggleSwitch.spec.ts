import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ToggleSwitch from './ToggleSwitch.vue'

it('has a name, says its state and turns with the space bar', async () => {
  const { emitted } = renderInDesk(ToggleSwitch, { modelValue: true, label: 'Billing enabled' })
  const toggle = screen.getByRole('switch', { name: 'Billing enabled' })
  expect(toggle.getAttribute('aria-checked')).toBe('true')
  toggle.focus()
  await userEvent.keyboard(' ')
  expect(emitted()['update:modelValue']).toEqual([[false]])
})
