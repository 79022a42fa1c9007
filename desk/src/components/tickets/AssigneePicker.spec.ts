import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import AssigneePicker from './AssigneePicker.vue'

const props = { ticket: 7, assignees: [{ name: 'anna@x', agent_name: 'Anna' }] }

it('takes somebody off the ticket', async () => {
  answers('helpdesk.api.doc.remove_assignments', null)
  const { emitted } = renderInDesk(AssigneePicker, props)
  await userEvent.click(screen.getByRole('button', { name: 'Unassign Anna' }))
  await vi.waitFor(() => expect(emitted().changed).toHaveLength(1))
  expect(asked[0]?.args).toMatchObject({ name: '7', assignees: ['anna@x'] })
})

it('changes nothing when the server refuses', async () => {
  refuses('helpdesk.api.doc.remove_assignments', 'Not yours')
  const { emitted } = renderInDesk(AssigneePicker, props)
  await userEvent.click(screen.getByRole('button', { name: 'Unassign Anna' }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(emitted().changed).toBeUndefined()
})
