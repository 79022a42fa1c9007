import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import FilePick from './FilePick.vue'

it('hands on what was picked, and may be given the same file again', async () => {
  const { emitted } = renderInDesk(FilePick, { label: 'Attach files' })
  const file = new File(['x'], 'log.txt')
  const input = screen.getByLabelText<HTMLInputElement>('Attach files')
  await userEvent.upload(input, file)
  expect(emitted('pick')).toEqual([[[file]]])
  expect(input.files).toHaveLength(0)
})
