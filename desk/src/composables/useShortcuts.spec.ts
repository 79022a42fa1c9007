import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { useShortcuts } from './useShortcuts'

function press(key: string, target: HTMLElement = document.body, ctrlKey = false): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true }))
}

it('rests while somebody types, except for combinations', () => {
  const reply = vi.fn()
  const send = vi.fn()
  effectScope().run(() => useShortcuts({ r: reply, 'mod+Enter': send }))
  const field = document.body.appendChild(document.createElement('input'))
  press('r', field)
  press('Enter', field, true)
  press('r')
  expect([reply.mock.calls.length, send.mock.calls.length]).toEqual([1, 1])
})
