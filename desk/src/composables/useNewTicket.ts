import { computed, reactive, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { createTicket } from '@/api/tickets'
import { getTemplate, type TemplateField, type TicketTemplate } from '@/api/templates'
import { useAttachments } from './useAttachments'
import { useBusy } from './useBusy'
import { useFormScripts } from './useFormScripts'
import { isMet } from '@/lib/conditions'
import { isBlank } from '@/lib/html'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import { useMasters } from '@/stores/masters'
import { useSession } from '@/stores/session'
import type { Ticket } from '@/types/ticket'

const standard = (fieldname: string, label: string, options: string | null, fieldtype = 'Link'): TemplateField => ({ fieldname, label, options, fieldtype, required: 0, hide_from_customer: 0, placeholder: __('Choose automatically'), url_method: null }) // prettier-ignore
/** What people say about any ticket, whatever its template asks. */
const STANDARD = [
  standard('priority', __('Priority'), 'HD Ticket Priority'),
  standard('ticket_type', __('Type'), 'HD Ticket Type'),
  standard('agent_group', __('Team'), 'HD Team'),
  standard('customer', __('Customer'), 'HD Customer'),
  standard('channel', __('Channel'), null, 'Select'),
  standard('due_date', __('Due date'), null, 'Date'),
]
const CATEGORY: TemplateField = { ...standard('category', __('Category'), 'HD Ticket Category'), placeholder: __('Choose') } // prettier-ignore

/** The form of a new ticket: its template, what was filled in, what scripts make of it, and what is still missing. */
export function useNewTicket(
  templateName: MaybeRefOrGetter<string>,
  isPortal: boolean,
  follows: MaybeRefOrGetter<string> = '',
) {
  // prettier-ignore
  const template = shallowRef<TicketTemplate>({ about: null, fields: [] })
  const values = reactive<Record<string, unknown>>({ subject: '', description: '' })
  const errors = ref<Record<string, string>>({})
  const files = useAttachments(null)
  const labels = ref<string[]>([])
  /** Whether the requester, if it is not the agent, is told that the ticket is here. */
  const acknowledges = ref(false)
  const { isBusy: isSending, run } = useBusy()
  const masters = useMasters()
  const { config } = useSession()
  if (config?.use_categories) masters.loadCategories().catch(showError)
  const isSent = ref(false)
  const text = (name: string) => String(values[name] ?? '')
  const asked = computed(() => template.value.fields.filter((field) => field.fieldname !== 'subject' && !(isPortal && field.hide_from_customer))) // prettier-ignore
  const scripts = computed(() => template.value._form_script ?? [])
  const { narrowed: left, hidden, changed } = useFormScripts({ scripts, doc: () => values, record: () => toValue(templateName), update: set }) // prettier-ignore
  /** Categories are few and in an order, so all of them are shown at once. */
  const narrowed = computed(() => {
    const categories = masters.categories.map(({ name }) => ({ label: name, value: name }))
    return config?.use_categories ? { category: categories, ...left.value } : left.value
  })
  const categories = config?.use_categories ? [{ ...CATEGORY, required: config.require_category ?? 0 }] : [] // prettier-ignore
  const fields = computed(() => {
    const own = [...(isPortal ? [] : STANDARD.slice(0, 2)), ...categories, ...(isPortal ? [] : STANDARD.slice(2))].filter(({ fieldname }) => !asked.value.some((field) => field.fieldname === fieldname)) // prettier-ignore
    return [...own, ...asked.value].filter(({ fieldname }) => !hidden.has(fieldname))
  })
  const ownSubject = computed(() => Boolean(text('subject').trim()) && text('subject') !== template.value.subject_template) // prettier-ignore
  const ownText = computed(() => !isBlank(text('description')) && text('description') !== template.value.description_template) // prettier-ignore
  const hasContent = computed(() => !isSent.value && (ownSubject.value || ownText.value))

  /** Fetch the template; its texts are a beginning, and never replace what somebody wrote. */
  async function load(): Promise<void> {
    const found = await getTemplate(toValue(templateName))
    const kept = { subject: ownSubject.value, description: ownText.value }
    template.value = found
    if (!kept.subject) values.subject = found.subject_template ?? ''
    if (!kept.description) values.description = found.description_template ?? ''
  }
  watch(() => toValue(templateName), () => void load().catch(showError), { immediate: true }) // prettier-ignore

  function set(field: string, value: unknown): void {
    values[field] = value
    errors.value = { ...errors.value, [field]: '' }
    void changed(field, value)
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
  const more = computed(() => ({
    ...(toValue(follows) ? { follows: toValue(follows) } : {}),
    ...(isPortal ? {} : { labels: labels.value, acknowledge: acknowledges.value && Boolean(text('raised_by')) }),
  })) // prettier-ignore
  /** Make the ticket; null when something is missing or the server refused. */
  async function submit(): Promise<Ticket | null> {
    if (!check()) return null
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value))
    const doc = { ...filled, subject: text('subject'), description: text('description') }
    const name = toValue(templateName)
    const named = name === 'Default' ? doc : { ...doc, template: name }
    let ticket: Ticket | null = null
    await run(async () => (ticket = await createTicket(named, files.attachments.value, more.value)))
    isSent.value = ticket !== null
    return ticket
  }
  return {
    template,
    fields,
    narrowed,
    values,
    errors,
    files,
    labels,
    acknowledges,
    isSending,
    hasContent,
    set,
    submit,
  }
}
