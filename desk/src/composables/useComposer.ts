import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { until } from '@vueuse/core'
import { changeTicket, commentOnTicket, replyToTicket } from '@/api/tickets'
import type { SenderInfo } from '@/api/composing'
import { useAttachments } from './useAttachments'
import { keptDraft, useDraft } from './useDraft'
import { ask } from './useQuestion'
import { isBlank } from '@/lib/html'
import { showError } from '@/lib/notify'
import { quoteOf } from '@/lib/quoting'
import { recipientsOf } from '@/lib/recipients'
import { __ } from '@/lib/translate'
import { gapsIn } from '@/lib/variables'
import type { Communication, Ticket } from '@/types/ticket'

export type Mode = 'reply' | 'comment'
const MODES: Mode[] = ['reply', 'comment']

/** Writing to the customer or to colleagues: what is written, to whom, and sending it. */
export function useComposer(
  ticket: MaybeRefOrGetter<Ticket>,
  sender: MaybeRefOrGetter<SenderInfo | null>,
  sent: () => void,
) {
  const mode = ref<Mode | null>(null)
  const from = ref('')
  const isSending = ref(false)
  const fresh = () => useAttachments(() => toValue(ticket).name)
  const filesOf: Record<Mode, ReturnType<typeof fresh>> = { reply: fresh(), comment: fresh() }
  /** What is attached to a comment stays inside, whatever is written next. */
  const files = computed(() => filesOf[mode.value ?? 'reply'])
  const signature = () => toValue(sender)?.email_signature ?? ''
  const { draft, discard } = useDraft(
    () => `${toValue(ticket).name}:${mode.value ?? 'none'}`,
    () =>
      mode.value === 'reply'
        ? { to: toValue(ticket).raised_by, content: signature() && `<p></p>${signature()}` }
        : {},
  )
  const isEmpty = computed(
    () => isBlank(draft.content.replace(signature(), '')) && !files.value.attachments.value.length,
  )
  const canSend = computed(
    () =>
      !isEmpty.value &&
      !files.value.isUploading.value &&
      !isSending.value &&
      (mode.value !== 'reply' || draft.to.trim() !== ''),
  )

  /** What was begun here and neither sent nor thrown away. */
  const unsent = computed(() => {
    const written = (one: Mode) => keptDraft(`${toValue(ticket).name}:${one}`)?.content ?? ''
    return mode.value ? [] : MODES.filter((one) => !isBlank(written(one).replace(signature(), '')))
  })

  /** Each of the two keeps its own text and files; while one is on its way, it stays. */
  function open(wanted: Mode): void {
    if (!isSending.value) mode.value = wanted
  }
  function close(): void {
    mode.value = null
  }
  /** Answer one message, or everybody in it; what was written already stays. */
  function answer(mail: Communication, isAll: boolean): void {
    if (isSending.value) return
    mode.value = 'reply'
    const own = toValue(sender)?.outgoing_emails.map(({ email_id }) => email_id) ?? []
    Object.assign(draft, recipientsOf(mail, isAll, own), { quote: quoteOf(mail) })
  }
  /** Begin a reply with this, perhaps a draft by AI; what was written already stays below it, what is on its way first arrives. */
  async function begin(html: string, isByAi = false): Promise<void> {
    await until(isSending).toBe(false)
    mode.value = 'reply'
    draft.content = html + draft.content
    draft.isByAi ||= isByAi
  }
  function throwAway(): void {
    discard()
    files.value.clear()
    close()
  }

  function sendReply(): Promise<void> {
    const { content, quote, to, cc, bcc, isByAi } = draft
    const attachments = filesOf.reply.attachments.value.map((file) => file.name)
    const account = toValue(sender)?.outgoing_emails.find(({ email_id }) => email_id === from.value)
    return replyToTicket(toValue(ticket).name, {
      message: content + quote,
      to,
      cc,
      bcc,
      attachments,
      ...(account ? { from_email: account } : {}),
      ...(isByAi ? { ai_draft: true } : {}),
    })
  }
  /** Names that a saved reply could not fill in are asked about once. */
  async function isMeant(): Promise<boolean> {
    const gaps = gapsIn(draft.content)
    if (!gaps.length) return true
    return ask({ title: __('Send it with gaps?'), message: __('Not filled in: {0}', gaps.join(', ')), yes: __('Send anyway') }) // prettier-ignore
  }
  /** Send what was written; a reply may give the ticket a status with it. What is a comment stays one, whatever fails. */
  async function send(status?: string): Promise<void> {
    const kind = mode.value
    if (!canSend.value || !kind || !(await isMeant())) return
    isSending.value = true
    try {
      await (kind === 'reply' ? sendReply() : commentOnTicket(toValue(ticket).name, draft.content, filesOf.comment.attachments.value)) // prettier-ignore
      throwAway()
      if (status) await changeTicket(toValue(ticket).name, { status }).catch(showError)
      sent()
    } catch (error) {
      showError(error)
    } finally {
      isSending.value = false
    }
  }
  return {
    mode,
    draft,
    from,
    files,
    unsent,
    isSending,
    canSend,
    open,
    close,
    answer,
    begin,
    throwAway,
    send,
  }
}
