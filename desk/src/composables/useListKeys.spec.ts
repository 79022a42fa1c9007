import { effectScope, nextTick, ref, shallowRef } from 'vue'
import userEvent from '@testing-library/user-event'
import { expect, it, onTestFinished, vi } from 'vitest'
import { sampleRow } from '@/test/samples'
import { useListKeys } from './useListKeys'

function walking() {
  const rows = shallowRef([1, 2, 3].map((name) => sampleRow({ name })))
  const open = vi.fn()
  const run = vi.fn()
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const more = { x: { label: 'Select', run } }
  const marked = scope.run(() => useListKeys(rows, ref(null), { open, more }))
  if (!marked) throw new Error('no scope')
  return { rows, open, run, marked }
}

it('walks with j and k, not beyond the ends, and opens with Enter', async () => {
  const { marked, open, rows } = walking()
  await userEvent.keyboard('kjj')
  expect(marked.value).toBe(3)
  await userEvent.keyboard('jk{Enter}')
  expect(open).toHaveBeenCalledWith(rows.value[1])
})

it('does more with the marked row, and nothing without one', async () => {
  const { run, rows } = walking()
  await userEvent.keyboard('x')
  expect(run).not.toHaveBeenCalled()
  await userEvent.keyboard('jx')
  expect(run).toHaveBeenCalledWith(rows.value[0])
})

it('stays with its row when others come, and takes the next when it goes', async () => {
  const { marked, rows } = walking()
  await userEvent.keyboard('jj')
  rows.value = [9, 1, 2, 3].map((name) => sampleRow({ name }))
  await nextTick()
  expect(marked.value).toBe(2)
  rows.value = [9, 1, 3].map((name) => sampleRow({ name }))
  await nextTick()
  expect(marked.value).toBe(3)
})

it('leaves Enter to a button that has the focus', async () => {
  const { open } = walking()
  const press = vi.fn()
  const button = Object.assign(document.createElement('button'), { onclick: press })
  document.body.append(button)
  onTestFinished(() => button.remove())
  await userEvent.keyboard('j')
  button.focus()
  await userEvent.keyboard('{Enter}')
  expect(press).toHaveBeenCalledOnce()
  expect(open).not.toHaveBeenCalled()
})
