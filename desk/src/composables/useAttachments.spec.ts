import { expect, it } from 'vitest'
import { useAttachments } from './useAttachments'

it('lets a file be taken away before sending', () => {
  const files = useAttachments(7)
  files.attachments.value = [{ name: 'f0', file_name: 'b.txt', file_url: '/b.txt' }]
  files.remove('f0')
  expect(files.attachments.value).toEqual([])
  expect(files.isUploading.value).toBe(false)
})
