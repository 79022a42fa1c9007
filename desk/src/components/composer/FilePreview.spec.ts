import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import FilePreview from './FilePreview.vue'

it('shows a picture and a way to keep it', async () => {
  renderInDesk(FilePreview, {
    file: { name: 'f1', file_name: 'smoke.png', file_url: '/private/files/smoke.png' },
  })
  expect((await screen.findByRole('img')).getAttribute('src')).toBe('/private/files/smoke.png')
  expect(screen.getByText('Download')).toBeTruthy()
})
