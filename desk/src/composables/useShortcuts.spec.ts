import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { listedShortcuts, useShortcuts } from './useShortcuts'

function press(init: KeyboardEventInit, target: HTMLElement = document.body): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }))
}

describe('shortcuts', () => {
  it('rest while somebody types, except for combinations', () => {
    const reply = vi.fn()
    const send = vi.fn()
    effectScope().run(() => useShortcuts({ r: reply, 'mod+Enter': send }))
    const field = document.body.appendChild(document.createElement('input'))
    press({ key: 'r' }, field)
    press({ key: 'Enter', ctrlKey: true }, field)
    press({ key: 'r' })
    expect([reply.mock.calls.length, send.mock.calls.length]).toEqual([1, 1])
  })

  it('are the same on every layout, and Shift makes another key', () => {
    const next = vi.fn()
    const team = vi.fn()
    const type = vi.fn()
    effectScope().run(() => useShortcuts({ '>': next, t: type, 'shift+t': team }))
    press({ key: ':', code: 'Period', shiftKey: true })
    press({ key: '>', code: 'IntlBackslash', shiftKey: true })
    press({ key: 'T', shiftKey: true })
    expect(next).toHaveBeenCalledTimes(2)
    expect([type.mock.calls.length, team.mock.calls.length]).toEqual([0, 1])
  })

  it('with a label are listed while their page lives', () => {
    const scope = effectScope()
    scope.run(() => useShortcuts({ x: { label: 'Explode', run: vi.fn() } }))
    expect(listedShortcuts.value.map(({ label }) => label)).toContain('Explode')
    scope.stop()
    expect(listedShortcuts.value.map(({ label }) => label)).not.toContain('Explode')
  })
})
