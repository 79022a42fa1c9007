import { expect, it, vi } from 'vitest'
import { useLayout } from './layout'

it('offers commands only while their page lives', () => {
  const layout = useLayout()
  const stop = layout.offer(() => [{ label: 'Zap', group: 'Page', run: () => {} }])
  expect(layout.commands.map(({ label }) => label)).toEqual(['Zap'])
  stop()
  expect(layout.commands).toEqual([])
})

it('folds the sidebar by itself where the page needs the room, and remembers each width by itself', () => {
  const narrow = vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) => ({ matches: query.includes('1023'), addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList,
  ) // prettier-ignore
  const layout = useLayout()
  expect(layout.isCollapsed).toBe(true)
  layout.isCollapsed = false
  expect(layout.isCollapsed).toBe(false)
  narrow.mockRestore()
})
