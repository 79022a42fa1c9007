import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useLayout } from '@/stores/layout'
import CommandPalette from './CommandPalette.vue'

it('does what the page offers, by keyboard alone', async () => {
  const run = vi.fn()
  useLayout().offer(() => [{ label: 'Close this ticket', group: 'Ticket', run }])
  const { emitted } = renderInDesk(CommandPalette, { modelValue: true })
  await userEvent.type(await screen.findByRole('combobox'), 'this ticket{Enter}')
  expect(run).toHaveBeenCalledOnce()
  expect(emitted()['update:modelValue']).toEqual([[false]])
})

it('finds tickets by number at once, and by words with the index', async () => {
  const hit = { doctype: 'HD Ticket', name: '9', title: 'Printer on fire', content: '' }
  answers('helpdesk.api.search.search', { results: [hit], summary: {} })
  renderInDesk(CommandPalette, { modelValue: true })
  await userEvent.type(await screen.findByRole('combobox'), '#42')
  expect(screen.getByRole('option', { name: 'Open ticket #42' })).toBeTruthy()
  await userEvent.clear(screen.getByRole('combobox'))
  await userEvent.type(screen.getByRole('combobox'), 'fire')
  expect(await screen.findByRole('option', { name: '#9 Printer on fire' })).toBeTruthy()
  expect(asked.at(-1)?.args.query).toBe('fire')
})
