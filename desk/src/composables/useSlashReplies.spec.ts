import { expect, it, onTestFinished, vi } from 'vitest'
import { answers, asked } from '@/test/server'
import { useSlashReplies } from './useSlashReplies'

const frame = document.createElement('div')
/** The cursor stands at the end of what was typed. */
function type(text: string): void {
  document.body.append(frame)
  onTestFinished(() => frame.remove())
  frame.textContent = text
  const range = document.createRange()
  range.getBoundingClientRect = () => new DOMRect(10, 20, 0, 16)
  vi.spyOn(window, 'getSelection').mockReturnValue({ anchorNode: frame.firstChild, anchorOffset: text.length, rangeCount: 1, getRangeAt: () => range } as unknown as Selection) // prettier-ignore
}

it('puts the reply in the place of its code, filled in for the ticket', async () => {
  answers('frappe.client.get_list', [{ name: 'Activation', title: 'Activation', code: 'activation-help', scope: 'Global', message: '' }]) // prettier-ignore
  answers('helpdesk.api.saved_replies.get_rendered_saved_reply', '<p>Dear Cleo</p>')
  const editor = { insert: vi.fn(), replaceAround: vi.fn() }
  const { look, choose, matches } = useSlashReplies(7, editor)
  type('Hello /act')
  look(frame)
  await vi.waitFor(() => expect(matches.value).toHaveLength(1))
  choose(0)
  expect(editor.replaceAround).toHaveBeenCalledWith(4, 0, '')
  await vi.waitFor(() => expect(editor.insert).toHaveBeenCalledWith('<p>Dear Cleo</p>'))
  expect(asked.at(-1)?.args).toEqual({ saved_reply_id: 'Activation', ticket_id: '7', keep_gaps: true }) // prettier-ignore
})

it('asks for no replies before there is a slash', () => {
  const { look, matches } = useSlashReplies(7, null)
  type('Hello and/or')
  look(frame)
  expect([asked, matches.value]).toEqual([[], []])
})
