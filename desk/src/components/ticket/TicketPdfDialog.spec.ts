import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import * as files from '@/lib/download'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import TicketPdfDialog from './TicketPdfDialog.vue'

const limits = (has_pdf: boolean) =>
  answers('helpdesk.api.bulk.get_export_limits', { excel: 1, pdf: 1, conversations: 1, has_pdf })

it('downloads the conversation, without notes unless they are asked for', async () => {
  limits(true)
  answers('helpdesk.api.bulk.export', { status: 'Done', file: '/private/files/t.pdf' })
  const download = vi.spyOn(files, 'download').mockReturnValue()
  renderInDesk(TicketPdfDialog, { modelValue: true, ticket: 7 })
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Download' })
  await vi.waitFor(() => expect(button.disabled).toBe(false))
  await userEvent.click(button)
  await vi.waitFor(() => expect(download).toHaveBeenCalledWith('/private/files/t.pdf'))
  expect(asked.at(-1)?.args).toMatchObject({ names: [7], file_format: 'Conversations', with_notes: false }) // prettier-ignore
  download.mockRestore()
})

it('says why there is no PDF', async () => {
  limits(false)
  renderInDesk(TicketPdfDialog, { modelValue: true, ticket: 7 })
  expect(await screen.findByText(/installs the PDF extra/)).toBeTruthy()
})
