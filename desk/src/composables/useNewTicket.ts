import { computed, reactive, ref, shallowRef } from 'vue'
import { createTicket } from '@/api/tickets'
import { getTemplate, type TicketTemplate } from '@/api/templates'
import { useAttachments } from './useAttachments'
import { isMet } from '@/lib/conditions'
import { isBlank } from '@/lib/html'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import type { Ticket } from '@/types/ticket'

/** The form of a new ticket: its template, what was filled in, and what is still missing. */
export function useNewTicket(templateName: string, isPortal: boolean) {
  const template = shallowRef<TicketTemplate>({ about: null, fields: [] })
  const values = reactive<Record<string, unknown>>({ subject: '', description: '' })
  const errors = ref<Record<string, string>>({})
  const files = useAttachments(null)
  const isSending = ref(false)
  const isSent = ref(false)
  const text = (name: string) => String(values[name] ?? '')
  const fields = computed(() =>
    template.value.fields.filter(
      (field) => field.fieldname !== 'subject' && !(isPortal && field.hide_from_customer),
    ),
  )
  const hasContent = computed(
    () => !isSent.value && Boolean(text('subject') || !isBlank(text('description'))),
  )

  async function load(): Promise<void> {
    template.value = await getTemplate(templateName)
    if (template.value.description_template && isBlank(text('description')))
      values.description = template.value.description_template
  }
  function set(field: string, value: unknown): void {
    values[field] = value
    errors.value = { ...errors.value, [field]: '' }
  }
  function check(): boolean {
    const found: Record<string, string> = {}
    if (!text('subject').trim()) found.subject = __('Say in a few words what it is about.')
    if (isBlank(text('description'))) found.description = __('Describe it, so that somebody can help.') // prettier-ignore
    for (const field of fields.value.filter(({ depends_on }) => isMet(depends_on, values))) {
      const isWanted = field.required || (field.mandatory_depends_on && isMet(field.mandatory_depends_on, values)) // prettier-ignore
      if (isWanted && !text(field.fieldname)) found[field.fieldname] = __('{0} is needed.', field.label) // prettier-ignore
    }
    errors.value = found
    return !Object.keys(found).length
  }
  /** Make the ticket; null when something is missing or the server refused. */
  async function submit(): Promise<Ticket | null> {
    if (!check() || isSending.value) return null
    isSending.value = true
    try {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value))
      const doc = { ...filled, subject: text('subject'), description: text('description') }
      const named = templateName === 'Default' ? doc : { ...doc, template: templateName }
      const ticket = await createTicket(named, files.attachments.value)
      isSent.value = true
      return ticket
    } catch (error) {
      showError(error)
      return null
    } finally {
      isSending.value = false
    }
  }
  return { template, fields, values, errors, files, isSending, hasContent, load, set, submit }
}
