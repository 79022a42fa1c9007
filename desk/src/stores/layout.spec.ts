import { expect, it } from 'vitest'
import { useLayout } from './layout'

it('offers commands only while their page lives', () => {
  const layout = useLayout()
  const stop = layout.offer(() => [{ label: 'Zap', group: 'Page', run: () => {} }])
  expect(layout.commands.map(({ label }) => label)).toEqual(['Zap'])
  stop()
  expect(layout.commands).toEqual([])
})
