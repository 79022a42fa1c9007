import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { uploadAttachment } from '@/api/tickets'
import { showError } from '@/lib/notify'
import type { Attachment, TicketId } from '@/types/ticket'

export interface PendingUpload {
  key: number
  name: string
  progress: number
}

/** Files that will go out with a message: uploaded at once, sent by reference. */
export function useAttachments(ticket: MaybeRefOrGetter<TicketId | null>) {
  const attachments = ref<Attachment[]>([])
  const uploads = ref<PendingUpload[]>([])
  const isUploading = computed(() => uploads.value.length > 0)
  let counter = 0

  async function add(file: File): Promise<void> {
    const key = ++counter
    uploads.value.push({ key, name: file.name, progress: 0 })
    try {
      const report = (progress: number) => {
        const upload = uploads.value.find((entry) => entry.key === key)
        if (upload) upload.progress = progress
      }
      attachments.value.push(await uploadAttachment(file, toValue(ticket), report))
    } catch (error) {
      showError(error)
    } finally {
      uploads.value = uploads.value.filter((entry) => entry.key !== key)
    }
  }

  async function addAll(files: Iterable<File>): Promise<void> {
    await Promise.all(Array.from(files, add))
  }
  function remove(name: string): void {
    attachments.value = attachments.value.filter((entry) => entry.name !== name)
  }
  function clear(): void {
    attachments.value = []
  }
  return { attachments, uploads, isUploading, addAll, remove, clear }
}
