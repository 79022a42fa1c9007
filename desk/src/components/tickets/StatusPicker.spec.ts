import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import StatusPicker from './StatusPicker.vue'

it('opens what else it may be, and tells what was chosen', async () => {
  const { emitted } = renderInDesk(StatusPicker, { status: 'Open' })
  await userEvent.click(screen.getByRole('button', { name: 'Change the status: Open' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Resolved' }))
  expect(emitted().choose).toEqual([['Resolved']])
})

it('is only words where nothing is to be changed', () => {
  renderInDesk(StatusPicker, { status: 'Open', isFixed: true })
  expect(screen.getByText('Open')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})
