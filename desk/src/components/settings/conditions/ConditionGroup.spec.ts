import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import ConditionGroup from './ConditionGroup.vue'

const A = ['subject', '==', 'a']
const B = ['subject', '==', 'b']
const show = (modelValue: unknown[], props: object = {}) => renderInDesk(ConditionGroup, { fields: [], modelValue, ...props }) // prettier-ignore

it('a group is dissolved into the level it stood in', async () => {
  const { emitted } = show([A, 'and', [B, 'or', A]])
  await fireEvent.click(screen.getByRole('button', { name: 'Dissolve the group' }))
  expect(emitted('update:modelValue')).toEqual([[[A, 'and', B, 'and', A]]])
})

it('a new condition is joined by the word of its level', async () => {
  const { emitted } = show([A, 'or', B])
  await fireEvent.click(screen.getByRole('button', { name: 'Add a condition' }))
  expect(emitted('update:modelValue')).toEqual([[[A, 'or', B, 'or', ['', '==', '']]]])
})

it('groups go three levels deep', () => {
  show([A], { level: 3 })
  expect(screen.queryByRole('button', { name: 'Add a group' })).toBeNull()
})
