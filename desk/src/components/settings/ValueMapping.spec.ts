import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import ValueMapping from './ValueMapping.vue'

const open = (modelValue: object) => renderInDesk(ValueMapping, { parents: ['Bug', 'Wish'], children: ['Low', 'High', 'Highest'], modelValue }) // prettier-ignore
const last = (emitted: unknown) => (emitted as unknown[][]).at(-1)?.[0]

it('ticks what goes with the chosen value', async () => {
  const { emitted } = open({ Bug: ['Low'] })
  await fireEvent.click(screen.getByRole('button', { name: /Wish/ }))
  await fireEvent.click(screen.getByLabelText('High'))
  expect(last(emitted('update:modelValue'))).toEqual({ Bug: ['Low'], Wish: ['High'] })
})

it('what was ticked comes first, and all that is found is ticked at once', async () => {
  const { emitted } = open({ Bug: ['High'] })
  expect(screen.getAllByRole('checkbox').map((box) => (box as HTMLInputElement).checked)).toEqual([true, false, false]) // prettier-ignore
  await fireEvent.update(screen.getByLabelText('Search fitting values'), 'high')
  await fireEvent.click(screen.getByRole('button', { name: 'All' }))
  expect(last(emitted('update:modelValue'))).toEqual({ Bug: ['High', 'Highest'] })
  await fireEvent.click(screen.getByRole('button', { name: 'None' }))
  expect(last(emitted('update:modelValue'))).toEqual({ Bug: [] })
})
