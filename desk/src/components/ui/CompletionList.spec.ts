import { fireEvent, screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import CompletionList from './CompletionList.vue'

const choices = [{ title: 'Number', note: 'ticket.name' }, { title: 'Subject', note: 'ticket.subject' }] // prettier-ignore
const place = { left: 8, top: 20, bottom: 40 }

it('offers the choices, and tells which one was pressed', async () => {
  const { emitted } = renderInDesk(CompletionList, { label: 'Names', choices, chosen: 1, place })
  const second = screen.getByRole('option', { name: /Subject/ })
  expect(second.getAttribute('aria-selected')).toBe('true')
  await fireEvent.mouseDown(second)
  expect(emitted().choose).toEqual([[1]])
})

it('stands above the line where that is wanted', () => {
  renderInDesk(CompletionList, { label: 'Names', choices, chosen: 0, place, above: true })
  const { bottom, top } = screen.getByRole('listbox').style
  expect([bottom, top]).toEqual(['40px', ''])
})
