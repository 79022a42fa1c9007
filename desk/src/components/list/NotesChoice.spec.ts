import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import NotesChoice from './NotesChoice.vue'

it('warns only who takes the notes in', async () => {
  const { rerender } = renderInDesk(NotesChoice, { modelValue: false })
  expect(screen.queryByRole('alert')).toBeNull()
  await rerender({ modelValue: true })
  expect(screen.getByRole('alert')).toBeTruthy()
})
