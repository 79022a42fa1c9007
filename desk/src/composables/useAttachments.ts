import { computed, reactive, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { uploadAttachment } from '@/api/tickets'
import { objectionTo } from '@/lib/fileRules'
import { messageOf } from '@/lib/notify'
import { useSession } from '@/stores/session'
import type { Attachment, TicketId } from '@/types/ticket'

/** A file on its way; one that failed waits to be sent again or taken away. */
export interface PendingUpload {
  key: number
  name: string
  /** Between 0 and 1. */
  progress: number
  /** Why it failed, in words. */
  failure: string
  cancel: () => void
  retry: () => Promise<void>
}

/** Files that will go out with a message: uploaded at once, sent by reference. */
export function useAttachments(ticket: MaybeRefOrGetter<TicketId | null>) {
  const attachments = ref<Attachment[]>([])
  const uploads = ref<PendingUpload[]>([])
  /** A failed file counts, too: a message must not leave without it unnoticed. */
  const isUploading = computed(() => uploads.value.length > 0)
  let counter = 0
  const { config } = useSession()

  const drop = (key: number) => (uploads.value = uploads.value.filter((one) => one.key !== key))

  async function add(file: File): Promise<void> {
    const key = ++counter
    let control = new AbortController()
    const upload: PendingUpload = reactive({
      key,
      name: file.name,
      progress: 0,
      failure: '',
      cancel: () => {
        control.abort()
        drop(key)
      },
      retry: send,
    })
    async function send(): Promise<void> {
      control = new AbortController()
      Object.assign(upload, { progress: 0, failure: objectionTo(file, config ?? {}) })
      if (upload.failure) return
      try {
        const report = (progress: number) => (upload.progress = progress)
        const sent = await uploadAttachment(file, toValue(ticket), report, control.signal)
        if (control.signal.aborted) return
        attachments.value.push(sent)
        drop(key)
      } catch (error) {
        if (!control.signal.aborted) upload.failure = messageOf(error)
      }
    }
    uploads.value.push(upload)
    await send()
  }

  async function addAll(files: Iterable<File>): Promise<void> {
    await Promise.all(Array.from(files, add))
  }
  function remove(name: string): void {
    attachments.value = attachments.value.filter((entry) => entry.name !== name)
  }
  function clear(): void {
    for (const upload of [...uploads.value]) upload.cancel()
    attachments.value = []
  }
  return { attachments, uploads, isUploading, addAll, remove, clear }
}
