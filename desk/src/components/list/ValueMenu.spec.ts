import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleRow } from '@/test/samples'
import ValueMenu from './ValueMenu.vue'

function shown(field: 'status' | 'priority') {
  const anchor = document.createElement('button')
  return renderInDesk(ValueMenu, { row: sampleRow(), field, anchor })
}

it('begins at the value there is, and is walked with arrows', async () => {
  const { emitted } = shown('status')
  const open = await screen.findByRole('menuitemradio', { name: 'Open' })
  expect(open.getAttribute('aria-checked')).toBe('true')
  expect(document.activeElement).toBe(open)
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(emitted().choose).toEqual([['Replied']])
})

it('jumps to a letter, and is left with Esc', async () => {
  const { emitted } = shown('priority')
  await screen.findByRole('menu', { name: 'Priority of #7' })
  await userEvent.keyboard('l')
  expect(document.activeElement).toBe(screen.getByRole('menuitemradio', { name: 'Low' }))
  await userEvent.keyboard('{Escape}')
  expect(emitted().close).toHaveLength(1)
})
