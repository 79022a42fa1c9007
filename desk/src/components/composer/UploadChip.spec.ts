import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import UploadChip from './UploadChip.vue'

const upload = (values = {}) => ({ key: 1, name: 'big.zip', progress: 0.42, failure: '', cancel: vi.fn(), retry: vi.fn(), ...values }) // prettier-ignore

it('shows how far a file is, and can be stopped', async () => {
  const one = upload()
  renderInDesk(UploadChip, { upload: one })
  expect(screen.getByText('42 %')).toBeTruthy()
  expect(screen.getByRole('progressbar', { name: 'Upload of big.zip' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Stop the upload of big.zip' }))
  expect(one.cancel).toHaveBeenCalled()
})

it('says why a file failed, and offers to send it again', async () => {
  const one = upload({ failure: 'The file is too large.' })
  renderInDesk(UploadChip, { upload: one })
  expect(screen.getByRole('alert').textContent).toBe('The file is too large.')
  await userEvent.click(screen.getByRole('button', { name: 'Upload big.zip again' }))
  expect(one.retry).toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Remove big.zip' }))
  expect(one.cancel).toHaveBeenCalled()
})
