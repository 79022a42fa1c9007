import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import AssigneeStack from './AssigneeStack.vue'

it('names everybody on the ticket', () => {
  renderInDesk(AssigneeStack, { value: '["anna@x","arne@x"]' })
  expect(screen.getByTitle('Anna, Arne')).toBeTruthy()
})
