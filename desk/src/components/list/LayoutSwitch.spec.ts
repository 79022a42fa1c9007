import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import LayoutSwitch from './LayoutSwitch.vue'

it('switches between rows and cards', async () => {
  const { emitted } = renderInDesk(LayoutSwitch, { modelValue: false })
  expect(screen.getByRole('button', { name: 'List' }).getAttribute('aria-pressed')).toBe('true')
  await userEvent.click(screen.getByRole('button', { name: 'Board' }))
  expect(emitted()['update:modelValue']).toEqual([[true]])
})
