import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import { useTheme } from './useTheme'

it('a choice shows at once and is told to every part of the desk', async () => {
  const { choose, toggle, isDark } = useTheme()
  choose('dark')
  await nextTick()
  expect(document.documentElement.dataset.theme).toBe('dark')
  expect(useTheme().choice.value).toBe('dark')
  toggle()
  await nextTick()
  expect([isDark.value, document.documentElement.dataset.theme]).toEqual([false, 'light'])
})
