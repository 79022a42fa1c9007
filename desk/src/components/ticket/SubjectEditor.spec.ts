import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SubjectEditor from './SubjectEditor.vue'

it('keeps the change on Enter and forgets it on Esc', async () => {
  const { emitted } = renderInDesk(SubjectEditor, { subject: 'Old' })
  await userEvent.click(screen.getByRole('button', { name: 'Edit the subject' }))
  await userEvent.keyboard('{Control>}a{/Control}New{Escape}')
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the subject' }))
  await userEvent.clear(screen.getByLabelText('Subject'))
  await userEvent.type(screen.getByLabelText('Subject'), 'Newer{Enter}')
  expect(emitted().change).toEqual([['Newer']])
})
