import { useEventListener } from '@vueuse/core'

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

function nameOf(event: KeyboardEvent): string {
  const modifier = event.ctrlKey || event.metaKey ? 'mod+' : ''
  return modifier + (event.key.length === 1 ? event.key.toLowerCase() : event.key)
}

/**
 * Single keys such as `r` or `j`, and `mod+Enter` for Ctrl or ⌘. Single keys rest while somebody types or a dialog is
 * open; combinations do not.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return
    const name = nameOf(event)
    const action = shortcuts[name]
    if (!action) return
    const isPlain = !name.startsWith('mod+')
    if (isPlain && (isTyping(event.target) || document.querySelector('[role=dialog]'))) return
    event.preventDefault()
    action(event)
  })
}
