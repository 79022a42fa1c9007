import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import * as clipboard from '@/lib/clipboard'
import { openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import TokenSearch from './TokenSearch.vue'

const field = (fieldname: string, fieldtype: string, label: string) => ({ fieldname, fieldtype, label, options: null }) // prettier-ignore
beforeEach(() => {
  answers('helpdesk.api.doc.get_group_counts', { Bug: 4, Question: 9 })
  answers('helpdesk.api.doc.get_filterable_fields', [
    field('subject', 'Data', 'Subject'),
    field('category', 'Link', 'Category'),
    field('__text', 'Data', 'Text'),
  ])
})
async function shown() {
  const list = await openedList()
  renderInDesk(TokenSearch, { list })
  return { list, input: screen.getByRole('combobox', { name: 'Search in the list' }) }
}

it('finds by words, and by a key and value chosen with the keyboard', async () => {
  const { list, input } = await shown()
  await userEvent.type(input, 'does not print{Enter}')
  await vi.waitFor(() => expect(list.settings.filters).toEqual([['__text', 'like', '%does not print%']])) // prettier-ignore
  await userEvent.type(input, 'cat')
  expect(await screen.findByRole('option', { name: /category:/ })).toBeTruthy()
  await userEvent.keyboard('{Tab}')
  await vi.waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain('Question9')) // prettier-ignore
  await userEvent.keyboard('{Enter}')
  await vi.waitFor(() => expect(list.settings.filters[1]).toEqual(['category', '=', 'Question']))
  expect(screen.getByText('category:Question')).toBeTruthy()
})

it('takes the last word back with Backspace', async () => {
  const { list, input } = await shown()
  list.settings.filters = [['subject', 'like', '%fire%']]
  expect(await screen.findByText('subject:fire')).toBeTruthy()
  await userEvent.type(input, '{Backspace}')
  expect((input as HTMLInputElement).value).toBe('subject:fire')
  expect(list.settings.filters).toEqual([])
})

it('says in red what means nothing, and leaves the list alone', async () => {
  const { list, input } = await shown()
  await userEvent.type(input, 'colour:red{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('colour')
  expect(list.settings.filters).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

it('is reached with /, left with Esc, and can be sent to others', async () => {
  const { list, input } = await shown()
  const copied = vi.spyOn(clipboard, 'copyText').mockResolvedValue()
  await userEvent.keyboard('/')
  expect(document.activeElement).toBe(input)
  expect(await screen.findByRole('listbox')).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  list.settings.filters = [['subject', 'like', '%fire%']]
  await userEvent.click(await screen.findByRole('button', { name: 'Copy the link to this search' }))
  expect(copied.mock.calls[0]?.[0]).toContain('/tickets?q=subject%3Afire')
})
