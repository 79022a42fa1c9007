import { afterEach, expect, it, vi } from 'vitest'
import { matchingVariables, openBraces } from '@/lib/variables'
import { useCompletion } from './useCompletion'

const ALL = [{ name: 'ticket.name', label: 'Number' }, { name: 'ticket.subject', label: 'Subject' }] // prettier-ignore
const complete = (put = vi.fn()) => useCompletion({ find: openBraces, matches: (query) => matchingVariables(ALL, query), put }) // prettier-ignore
const frame = document.createElement('div')

afterEach(() => frame.remove())

/** Put the cursor where `|` stands. */
function write(text: string): void {
  document.body.append(frame)
  frame.textContent = text.replace('|', '')
  const node = frame.firstChild as Text
  const range = document.createRange()
  range.setStart(node, text.indexOf('|'))
  range.getBoundingClientRect = () => new DOMRect(10, 20, 0, 16)
  vi.spyOn(window, 'getSelection').mockReturnValue({ anchorNode: node, anchorOffset: text.indexOf('|'), rangeCount: 1, getRangeAt: () => range } as unknown as Selection) // prettier-ignore
}
const key = (name: string) => new KeyboardEvent('keydown', { key: name, cancelable: true })

it('puts the chosen name between braces, with the arrows', () => {
  const put = vi.fn()
  const { look, press, isOpen } = complete(put)
  write('Hello {{ tic|')
  look(frame)
  expect(isOpen.value).toBe(true)
  press(key('ArrowDown'))
  press(key('Enter'))
  expect(put).toHaveBeenCalledWith(ALL[1], { query: 'tic', before: 6, after: 0 })
  expect(isOpen.value).toBe(false)
})

it('stays closed after Escape until somebody types on', () => {
  const { look, press, isOpen } = complete()
  write('{{ tic|')
  look(frame)
  press(key('Escape'))
  look(frame) // the key goes up
  expect(isOpen.value).toBe(false)
  write('{{ tick|')
  look(frame)
  expect(isOpen.value).toBe(true)
})

it('leaves the keys to the editor while there is nothing to choose', () => {
  const { look, press, isOpen } = complete()
  write('Hello {{ nothing|')
  look(frame)
  const event = key('Enter')
  press(event)
  expect([isOpen.value, event.defaultPrevented]).toEqual([false, false])
})
