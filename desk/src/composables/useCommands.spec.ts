import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { useLayout } from '@/stores/layout'
import { useCommands } from './useCommands'

it('offers commands for as long as the page lives', () => {
  const page = effectScope()
  page.run(() => useCommands(() => [{ label: 'Merge', group: 'Ticket', run: vi.fn() }]))
  expect(useLayout().commands.map(({ label }) => label)).toEqual(['Merge'])
  page.stop()
  expect(useLayout().commands).toEqual([])
})
