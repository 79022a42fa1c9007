import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import SearchBox from './SearchBox.vue'

it('hands on what is typed', async () => {
  const { emitted } = renderInDesk(SearchBox, { label: 'Search', modelValue: '' })
  await fireEvent.update(screen.getByRole('searchbox', { name: 'Search' }), 'vpn')
  expect(emitted('update:modelValue')).toEqual([['vpn']])
})
