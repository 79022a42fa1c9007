import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
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
