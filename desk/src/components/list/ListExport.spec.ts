import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import * as files from '@/lib/download'
import { openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { fire } from '@/test/socket'
import ListExport from './ListExport.vue'

const RESULT = { operation: 'op', action: 'export', status: 'Queued', total: 9, done: 0, failed: 0, failures: [], file: null } // prettier-ignore

it('fetches a long file as soon as the server has written it', async () => {
  const list = await openedList()
  const download = vi.spyOn(files, 'download').mockReturnValue()
  answers('helpdesk.api.bulk.get_export_limits', { excel: 99, pdf: 9, conversations: 9, has_pdf: true }) // prettier-ignore
  answers('helpdesk.api.bulk.export', RESULT)
  answers('helpdesk.api.bulk.get_outcome', RESULT)
  renderInDesk(ListExport, { list })
  await userEvent.click(screen.getByRole('button', { name: 'Export' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Download' }))
  expect(await screen.findByRole('button', { name: 'The file is being written…' })).toBeTruthy()
  const done = { ...RESULT, status: 'Done', done: 9, file: '/private/files/a.pdf' }
  answers('helpdesk.api.bulk.get_outcome', done)
  fire('helpdesk:bulk-progress', done)
  await vi.waitFor(() => expect(download).toHaveBeenCalledWith('/private/files/a.pdf'))
  expect(await screen.findByRole('button', { name: 'Export' })).toBeTruthy()
  download.mockRestore()
})
