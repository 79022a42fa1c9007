import { screen } from '@testing-library/vue'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import WritingArea from './WritingArea.vue'

vi.mock('./RichEditor.vue', () => ({ __esModule: true, __isTeleport: false, __isKeepAlive: false, default: { props: ['modelValue', 'label'], template: '<textarea :aria-label="label" :value="modelValue" />' } })) // prettier-ignore
const area = (modelValue: string, props: object = {}) => renderInDesk(WritingArea, { ticket: 7, isComment: false, mentions: [], modelValue, quote: '<p>Before</p>', ...props }) // prettier-ignore

it('names what a saved reply could not fill in', async () => {
  area('<p>Dear {{ customer_name }}</p>')
  expect(screen.getByRole('alert').textContent).toContain('{{ customer_name }}')
  expect(await screen.findByRole('textbox', { name: 'Reply text' })).toBeTruthy()
})

it('warns of nothing where all is filled in, and quotes nothing in a comment', async () => {
  area('<p>Dear Cleo</p>', { isComment: true })
  expect(screen.queryByRole('alert')).toBeNull()
  expect(await screen.findByRole('textbox', { name: 'Comment text' })).toBeTruthy()
  expect(screen.queryByLabelText('Quoted original')).toBeNull()
})
