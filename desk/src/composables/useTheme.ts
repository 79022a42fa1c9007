import { effectScope, readonly, ref, watchEffect } from 'vue'
import { usePreferredDark, useStorage } from '@vueuse/core'

export type Theme = 'light' | 'dark' | 'system'

const chosen = useStorage<Theme>('helpdesk-theme', 'light')
const isDark = ref(false)
let isWatching = false

/** Beyond the life of the component that asked first. */
function watchForGood(): void {
  const prefersDark = usePreferredDark()
  watchEffect(() => {
    isDark.value = chosen.value === 'dark' || (chosen.value === 'system' && prefersDark.value)
    document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light'
  })
}

/** Light, dark or what the system says; remembered in this browser. */
export function useTheme() {
  if (!isWatching) {
    isWatching = true
    effectScope(true).run(watchForGood)
  }
  function toggle(): void {
    chosen.value = isDark.value ? 'light' : 'dark'
  }
  function choose(theme: Theme): void {
    chosen.value = theme
  }
  return { isDark: readonly(isDark), choice: readonly(chosen), toggle, choose }
}
