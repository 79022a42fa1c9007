import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import PriorityPicker from './PriorityPicker.vue'

it('opens what else it may be, and tells what was chosen', async () => {
  const { emitted } = renderInDesk(PriorityPicker, { priority: 'High' })
  await userEvent.click(screen.getByRole('button', { name: 'Change the priority: High' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Low' }))
  expect(emitted().choose).toEqual([['Low']])
})

it('is only words where nothing is to be changed', () => {
  renderInDesk(PriorityPicker, { priority: 'High', isFixed: true })
  expect(screen.getByText('High')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})
