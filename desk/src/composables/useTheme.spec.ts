import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import { useTheme } from './useTheme'

const shown = () => document.documentElement.dataset.theme

it('is what was chosen, for the whole page', async () => {
  const { choose, isDark } = useTheme()
  choose('dark')
  await nextTick()
  expect([shown(), isDark.value]).toEqual(['dark', true])
  choose('light')
  await nextTick()
  expect([shown(), isDark.value]).toEqual(['light', false])
})

it('turns around, for everybody who asks', async () => {
  const { toggle, choose } = useTheme()
  choose('light')
  await nextTick()
  toggle()
  await nextTick()
  expect(useTheme().choice.value).toBe('dark')
  choose('light')
  await nextTick()
})
