import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import DependencyRule from './DependencyRule.vue'

const show = (modelValue: object) => renderInDesk(DependencyRule, { label: 'Show it', values: ['Bug', 'Wish'], modelValue }) // prettier-ignore

it('holds for any value when it is turned on', async () => {
  const { emitted } = show({ enabled: false, value: [] })
  await fireEvent.click(screen.getByRole('switch'))
  expect(emitted('update:modelValue')).toEqual([[{ enabled: true, value: ['Any'] }]])
})

it('some values take the place of any', async () => {
  const { emitted } = show({ enabled: true, value: ['Any'] })
  await fireEvent.click(screen.getByRole('button', { name: 'Bug' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Wish' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Any value' }))
  expect((emitted('update:modelValue') as { value: string[] }[][]).map(([rule]) => rule?.value)).toEqual([['Bug'], ['Bug', 'Wish'], ['Any']]) // prettier-ignore
})
