import { computed, onScopeDispose, shallowRef } from 'vue'
import { useEventListener } from '@vueuse/core'

type Action = (event: KeyboardEvent) => void
/** A shortcut with a label appears on the sheet; one without does not. */
export type Shortcut = Action | { label: string; group?: string; run: Action }
export type Shortcuts = Record<string, Shortcut>

export interface ListedShortcut {
  keys: string
  label: string
  group: string
}

const registered = shallowRef<Shortcuts[]>([])

/** Everything with a label that works right now. */
export const listedShortcuts = computed<ListedShortcut[]>(() =>
  registered.value.flatMap((shortcuts) =>
    Object.entries(shortcuts).flatMap(([keys, shortcut]) =>
      typeof shortcut === 'function'
        ? []
        : [{ keys, label: shortcut.label, group: shortcut.group ?? '' }],
    ),
  ),
)

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** What stands on the key with Shift, wherever the layout puts it. */
const SHIFTED: Record<string, string> = { Period: '>', Comma: '<', Slash: '?' }

/** The names an event may be registered under: `shift+t`, `>`, `mod+k`. */
function namesOf(event: KeyboardEvent): string[] {
  const modifier = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const isLetter = /^[a-z]$/i.test(event.key)
  const shift = event.shiftKey && (isLetter || modifier) ? 'shift+' : ''
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const names = [modifier + shift + key]
  const symbol = event.shiftKey ? SHIFTED[event.code] : undefined
  if (symbol) names.push(modifier + symbol, `${modifier}shift+${symbol}`)
  return names
}

/**
 * Single keys such as `r`, `shift+t` or `>`, and `mod+Enter` for Ctrl or ⌘. Single keys rest while somebody types or a
 * dialog or menu is open; combinations do not.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  registered.value = [...registered.value, shortcuts]
  onScopeDispose(() => (registered.value = registered.value.filter((one) => one !== shortcuts)))
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return
    const name = namesOf(event).find((candidate) => shortcuts[candidate])
    const shortcut = name ? shortcuts[name] : undefined
    if (!name || !shortcut) return
    const isBusy =
      isTyping(event.target) || document.querySelector('[role=dialog],[role=menu],[role=listbox]')
    if (!name.startsWith('mod+') && isBusy) return
    event.preventDefault()
    ;(typeof shortcut === 'function' ? shortcut : shortcut.run)(event)
  })
}
