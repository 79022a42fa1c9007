import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { changeTicket, commentOnTicket, replyToTicket } from '@/api/tickets'
import type { SenderInfo } from '@/api/composing'
import { useAttachments } from './useAttachments'
import { useDraft } from './useDraft'
import { isBlank } from '@/lib/html'
import { showError } from '@/lib/notify'
import { quoteOf } from '@/lib/quoting'
import { recipientsOf } from '@/lib/recipients'
import type { Communication, Ticket } from '@/types/ticket'

export type Mode = 'reply' | 'comment'

/** Writing to the customer or to colleagues: what is written, to whom, and sending it. */
export function useComposer(
  ticket: MaybeRefOrGetter<Ticket>,
  sender: MaybeRefOrGetter<SenderInfo | null>,
  sent: () => void,
) {
  const mode = ref<Mode | null>(null)
  const from = ref('')
  const isSending = ref(false)
  const files = useAttachments(() => toValue(ticket).name)
  const signature = () => toValue(sender)?.email_signature ?? ''
  const { draft, discard } = useDraft(
    () => `${toValue(ticket).name}:${mode.value ?? 'none'}`,
    () =>
      mode.value === 'reply'
        ? { to: toValue(ticket).raised_by, content: signature() && `<p></p>${signature()}` }
        : {},
  )
  const isEmpty = computed(
    () => isBlank(draft.content.replace(signature(), '')) && !files.attachments.value.length,
  )
  const canSend = computed(
    () =>
      !isEmpty.value &&
      !files.isUploading.value &&
      !isSending.value &&
      (mode.value !== 'reply' || draft.to.trim() !== ''),
  )

  function open(wanted: Mode): void {
    mode.value = wanted
  }
  function close(): void {
    mode.value = null
  }
  /** Answer one message, or everybody in it; what was written already stays. */
  function answer(mail: Communication, isAll: boolean): void {
    mode.value = 'reply'
    const own = toValue(sender)?.outgoing_emails.map(({ email_id }) => email_id) ?? []
    Object.assign(draft, recipientsOf(mail, isAll, own), { quote: quoteOf(mail) })
  }
  function throwAway(): void {
    discard()
    files.clear()
    close()
  }

  function sendReply(): Promise<void> {
    const { content, quote, to, cc, bcc } = draft
    const attachments = files.attachments.value.map((file) => file.name)
    const account = toValue(sender)?.outgoing_emails.find(({ email_id }) => email_id === from.value)
    return replyToTicket(toValue(ticket).name, {
      message: content + quote,
      to,
      cc,
      bcc,
      attachments,
      ...(account ? { from_email: account } : {}),
    })
  }
  /** Send what was written; a reply may give the ticket a status with it. */
  async function send(status?: string): Promise<void> {
    if (!canSend.value || !mode.value) return
    isSending.value = true
    try {
      await (mode.value === 'reply'
        ? sendReply()
        : commentOnTicket(toValue(ticket).name, draft.content, files.attachments.value))
      throwAway()
      if (status) await changeTicket(toValue(ticket).name, { status })
      sent()
    } catch (error) {
      showError(error)
    } finally {
      isSending.value = false
    }
  }
  return { mode, draft, from, files, isSending, canSend, open, close, answer, throwAway, send }
}
