import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import TickList from './TickList.vue'

it('is searched, walked through and ticked by keys alone', async () => {
  const props = {
    label: 'Fruit',
    placeholder: 'Find fruit',
    choices: ['Apple', 'Pear'],
    keyOf: (fruit: string) => fruit,
    isChosen: (fruit: string) => fruit === 'Pear',
    search: '',
  }
  const { emitted } = renderInDesk(TickList, props)
  screen.getByRole('textbox', { name: 'Find fruit' }).focus()
  await userEvent.keyboard('a{Enter}{ArrowDown}{ArrowDown}{Enter}')
  expect(emitted('update:search')).toEqual([['a']])
  expect(emitted('enter')).toHaveLength(1)
  expect(emitted('toggle')).toEqual([['Pear']])
  const ticks = screen.getAllByRole('option').map((one) => one.getAttribute('aria-selected'))
  expect(ticks).toEqual(['false', 'true'])
})
