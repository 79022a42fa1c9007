import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import PictureField from './PictureField.vue'

it('uploads what was chosen, and takes a picture away', async () => {
  const about = { label: 'Logo', name: 'Acme', upload: async (file: File) => `/files/${file.name}` }
  const { emitted } = renderInDesk(PictureField, { ...about, modelValue: '/files/old.png' })
  await userEvent.upload(screen.getByLabelText('Logo'), new File(['x'], 'new.png', { type: 'image/png' })) // prettier-ignore
  await waitFor(() => expect(emitted('update:modelValue')).toEqual([['/files/new.png']]))
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(emitted('update:modelValue')?.[1]).toEqual([null])
})
