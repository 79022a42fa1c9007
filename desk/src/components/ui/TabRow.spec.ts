import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, onTestFinished } from 'vitest'
import { renderInDesk } from '@/test/render'
import TabRow from './TabRow.vue'

it('changes the tab by a click and by arrows', async () => {
  const tabs = [{ name: 'one', label: 'One' }, { name: 'two', label: 'Two' }] // prettier-ignore
  const { emitted } = renderInDesk(TabRow, { modelValue: 'two', label: 'Parts', tabs })
  await userEvent.click(screen.getByRole('tab', { name: 'One' }))
  await userEvent.keyboard('{ArrowRight}')
  expect(emitted('update:modelValue')).toEqual([['one'], ['two']])
})

it('walks with the text where it runs from the right', async () => {
  document.documentElement.dir = 'rtl'
  onTestFinished(() => void (document.documentElement.dir = ''))
  const tabs = [{ name: 'one', label: 'One' }, { name: 'two', label: 'Two' }, { name: 'three', label: 'Three' }] // prettier-ignore
  const { emitted } = renderInDesk(TabRow, { modelValue: 'one', label: 'Parts', tabs })
  await userEvent.click(screen.getByRole('tab', { name: 'One' }))
  await userEvent.keyboard('{ArrowLeft}')
  expect(emitted('update:modelValue')?.at(-1)).toEqual(['two'])
})
