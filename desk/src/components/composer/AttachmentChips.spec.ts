import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { h } from 'vue'
import { renderInDesk } from '@/test/render'
import AttachmentChips from './AttachmentChips.vue'

it('opens pictures in place and lets files be taken away', async () => {
  const { emitted } = renderInDesk(AttachmentChips, {
    attachments: [{ name: 'f1', file_name: 'smoke.png', file_url: '/private/files/smoke.png' }],
    removable: true,
  })
  await userEvent.click(screen.getByRole('link', { name: 'smoke.png' }))
  expect(await screen.findByRole('img', { name: 'smoke.png' })).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  await userEvent.click(await screen.findByRole('button', { name: 'Remove smoke.png' }))
  expect(emitted().remove).toEqual([['f1']])
})

it('takes a file away without sending the form around it', async () => {
  const sent = vi.fn()
  const files = [{ name: 'f1', file_name: 'smoke.png', file_url: '/private/files/smoke.png' }]
  renderInDesk(() => h('form', { onSubmit: sent }, h(AttachmentChips, { attachments: files, removable: true }))) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Remove smoke.png' }))
  expect(sent).not.toHaveBeenCalled()
})

it('says what to do about a file that did not arrive', () => {
  const failed = { key: 1, name: 'a', progress: 0, failure: 'No', cancel: vi.fn(), retry: vi.fn() }
  const { unmount } = renderInDesk(AttachmentChips, { attachments: [], uploads: [failed] })
  expect(screen.getByText(/Send again or remove/)).toBeTruthy()
  unmount()
  renderInDesk(AttachmentChips, { attachments: [], uploads: [{ ...failed, failure: '' }] })
  expect(screen.queryByText(/Send again or remove/)).toBeNull()
})
