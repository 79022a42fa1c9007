import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import ComboField from './ComboField.vue'

const FRUIT = ['Apple', 'Banana', 'Cherry']
const search = vi.fn((text: string) => Promise.resolve(FRUIT.filter((one) => one.toLowerCase().includes(text)))) // prettier-ignore
const Page = {
  components: { ComboField },
  setup: () => ({ search, keyOf: (one: string) => one }),
  template: `<ComboField label="Fruit" placeholder="Choose" :search="search" :key-of="keyOf" v-bind="$attrs">
    <template #option="{ option }">{{ option }}</template></ComboField>`,
}
const names = () => screen.queryAllByRole('option').map(({ textContent }) => textContent?.trim())

function opened(shown = '') {
  const heard = { chosen: [] as string[], cleared: 0 }
  renderInDesk(Page, { shown, onChoose: (one: string) => heard.chosen.push(one), onClear: () => heard.cleared++ }) // prettier-ignore
  return { field: screen.getByRole('combobox', { name: 'Fruit' }), heard }
}

it('offers everything, then what fits, and picks with the keys', async () => {
  const { field, heard } = opened()
  await userEvent.click(field)
  await waitFor(() => expect(names()).toEqual(FRUIT))
  await userEvent.type(field, 'an')
  await waitFor(() => expect(names()).toEqual(['Banana']))
  await userEvent.keyboard('{Enter}')
  expect(heard.chosen).toEqual(['Banana'])
  expect(names()).toEqual([])
})

it('takes what fits what was typed, also when Enter is faster than the search', async () => {
  const { field, heard } = opened()
  await userEvent.type(field, 'che{Enter}')
  await waitFor(() => expect(heard.chosen).toEqual(['Cherry']))
})

it('walks round the list, and Escape changes nothing', async () => {
  const { field, heard } = opened('Apple')
  await userEvent.click(field)
  await waitFor(() => expect(names()).toEqual(FRUIT))
  await userEvent.keyboard('{ArrowUp}')
  expect(screen.getByRole('option', { name: 'Cherry' }).getAttribute('aria-selected')).toBe('true')
  await userEvent.keyboard('{Escape}{Enter}')
  expect(heard.chosen).toEqual([])
  expect(field).toHaveProperty('value', 'Apple')
})

it('says when nothing was found, and can be emptied', async () => {
  const { field, heard } = opened('Apple')
  await userEvent.type(field, 'xyz')
  expect(await screen.findByText('Nothing found')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Clear Fruit' }))
  expect(heard.cleared).toBe(1)
})
