import { afterEach, expect, it, vi } from 'vitest'
import { flushPromises } from '@vue/test-utils'
import * as api from '@/api/tickets'
import type { Attachment } from '@/types/ticket'
import { useSession } from '@/stores/session'
import { useAttachments } from './useAttachments'

const FILE = new File(['hello'], 'notes.txt')
const SENT: Attachment = {
  name: 'f0',
  file_name: 'notes.txt',
  file_url: '/private/files/notes.txt',
}
afterEach(() => void vi.restoreAllMocks())

it('lets a file be taken away before sending', () => {
  const files = useAttachments(7)
  files.attachments.value = [SENT]
  files.remove('f0')
  expect(files.attachments.value).toEqual([])
  expect(files.isUploading.value).toBe(false)
})

it('says how far a file is', async () => {
  let arrive: (file: Attachment) => void = () => {}
  vi.spyOn(api, 'uploadAttachment').mockImplementation((_file, _ticket, report) => {
    report?.(0.4)
    return new Promise((resolve) => (arrive = resolve))
  })
  const files = useAttachments(7)
  const done = files.addAll([FILE])
  expect(files.uploads.value[0]).toMatchObject({ name: 'notes.txt', progress: 0.4, failure: '' })
  arrive(SENT)
  await done
  expect(files.uploads.value).toEqual([])
  expect(files.attachments.value).toEqual([SENT])
})

it('keeps a file that failed until it is sent again', async () => {
  const send = vi.spyOn(api, 'uploadAttachment')
  send.mockRejectedValueOnce(new Error('The file is too large.')).mockResolvedValueOnce(SENT)
  const files = useAttachments(7)
  await files.addAll([FILE])
  expect(files.uploads.value[0]?.failure).toBe('The file is too large.')
  expect(files.isUploading.value).toBe(true)
  await files.uploads.value[0]?.retry()
  expect(files.isUploading.value).toBe(false)
  expect(files.attachments.value).toEqual([SENT])
})

it('breaks an upload off', async () => {
  vi.spyOn(api, 'uploadAttachment').mockImplementation(
    (_file, _ticket, _report, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')))
      }),
  )
  const files = useAttachments(7)
  const done = files.addAll([FILE])
  files.uploads.value[0]?.cancel()
  await done
  await flushPromises()
  expect(files.uploads.value).toEqual([])
  expect(files.attachments.value).toEqual([])
})

it('sends nothing that the settings do not allow, and says why', async () => {
  const send = vi.spyOn(api, 'uploadAttachment')
  useSession().config = { attachment_types: 'pdf' } as never
  const files = useAttachments(7)
  await files.addAll([FILE])
  expect(files.uploads.value[0]?.failure).toContain('notes.txt is not taken')
  expect(send).not.toHaveBeenCalled()
})
